# OAuth로 Paperboy를 설치하는 사람이 보는 페이지.
installs-done = { $team } 워크스페이스에 Paperboy를 설치했습니다. 채널에 초대한 뒤 /papers 구독을 입력해 주세요.
installs-failed = Paperboy를 설치하지 못했습니다. 설치 링크에서 다시 시작해 주세요. 계속 실패하면 운영자에게 알려 주세요.
