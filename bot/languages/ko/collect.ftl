collect-future = { $day } 목록은 아직 없습니다. UTC 기준으로 지금 볼 수 있는 가장 최근 날짜는 { $latest }입니다.
