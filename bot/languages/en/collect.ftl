collect-future = There is no listing for { $day } yet. Hugging Face counts days in UTC, where the newest date is { $latest }.
collect-backwards = The first date ({ $first }) is after the last one ({ $last }).
