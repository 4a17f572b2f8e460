collect-future = There is no listing for { $day } yet. Days are counted in UTC, where the newest date is { $latest }.
