languages-both = { $first } and { $second }
