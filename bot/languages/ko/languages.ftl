languages-both = { JOSA($first, "와") } { $second }
