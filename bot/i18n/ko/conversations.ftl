conversations-apology = 답을 만드는 중에 문제가 생겼습니다. 질문은 기록해 두었으니, 잠시 뒤 다시 물어봐 주세요.
conversations-no-such-number = 목록에 { $numbers }번 논문은 없습니다. 번호는 1번부터 { $count }번까지 있습니다.
conversations-reading = 논문을 읽고 있습니다…
conversations-stopped = 요청하신 대로 답변을 멈췄습니다.
conversations-stop = 멈추기
