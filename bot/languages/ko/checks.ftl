checks-ok = 정상
checks-wrong = 문제
checks-off = 사용 안 함
checks-name-settings = 설정
checks-name-database = 데이터베이스
checks-name-disk = 디스크
checks-name-model = 모델
checks-name-workspaces = 워크스페이스
