collect-future = There is no list for { $day } yet. In UTC, the newest available date is { $latest }.
