delivery-channel-named = { $channel } 채널
delivery-channel-here = 이 채널
delivery-problem-not-invited = { $channel }에 논문 소식을 올리지 못했습니다. 제가 채널에 들어가 있지 않습니다. 채널에서 `/invite`로 저를 초대해 주시면 곧바로 올립니다.
delivery-problem-archived = { $channel }이 보관되어 논문 소식을 올리지 못했습니다. 다른 채널에서 `/papers subscribe`로 다시 구독해 주세요.
delivery-problem-forbidden = { $channel }의 설정 때문에 논문 소식을 올리지 못했습니다({ $code }). 채널 관리자에게 제가 글을 올릴 수 있도록 허용해 달라고 요청해 주세요.
delivery-problem-account = Slack이 Paperboy의 연결을 받지 않습니다({ $code }). 운영자에게 `paperboy check` 실행을 부탁해 주세요.
delivery-problem-other = { $channel }에 논문 소식을 올리지 못했습니다({ $code }). 계속되면 운영자에게 알려 주세요.

delivery-late-papers = 이 글을 올린 뒤 { $day } 목록에 논문 { $count }편이 더 올라왔습니다.
delivery-part-moved = 여기 있던 내용은 위로 옮겼습니다.
delivery-news-version = 이 논문의 새 버전이 나왔습니다: <{ $url }|버전 { $version }>
delivery-news-code = 이 논문의 코드가 공개되었습니다: { $link }
delivery-news-withdrawn = 저자가 이 논문을 철회했습니다. <{ $url }|arXiv에서 확인하기>
