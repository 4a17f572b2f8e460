conversations-apology = 답을 만드는 중에 문제가 생겼습니다. 질문은 기록해 두었으니, 잠시 뒤 다시 물어봐 주세요.
conversations-no-such-number = 목록에 { $numbers }번 논문은 없습니다. 번호는 1번부터 { $count }번까지 있습니다.
conversations-reading = 논문을 읽고 있습니다…
conversations-stopped = 요청하신 대로 답변을 멈췄습니다.
conversations-stop = 멈추기
conversations-bare-mention = 이 논문을 요약해 주세요
conversations-how-to-ask = 안녕하세요. 논문에 대해 무엇이든 물어보세요. 예: “LLM 강화 학습을 다룬 논문이 있어?”, “2503.14476의 한계가 뭐야?”, “오늘의 논문 알려줘”. 채널에서는 `/papers help`로 모든 명령을 볼 수 있습니다.
conversations-welcome = 도움이 되었다니 기쁩니다. 더 궁금한 점이 있으면 이어서 물어보세요.
