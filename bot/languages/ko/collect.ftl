collect-future = { $day } 목록은 아직 없습니다. UTC 기준이라 지금 가장 새로운 날짜는 { $latest }입니다.
