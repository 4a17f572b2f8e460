collect-future = { $day } 목록은 아직 없습니다. Hugging Face는 UTC 기준이라 지금 볼 수 있는 가장 최근 날짜는 { $latest }입니다.
collect-backwards = 시작 날짜({ $first })가 끝 날짜({ $last })보다 늦습니다.
