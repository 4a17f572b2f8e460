collect-future = There is no list for { $day } yet. Hugging Face uses UTC, and the newest available date is { $latest }.
