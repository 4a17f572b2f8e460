checks-ok = 정상
checks-wrong = 문제
checks-off = 사용 안 함
