errors-unexpected = 문제가 생겨 요청을 끝내지 못했습니다. 잠시 뒤 다시 시도해 주세요.
errors-settings = 설정에 문제가 있습니다. 운영자에게 `paperboy check` 실행을 요청해 주세요.
errors-unknown-paper = “{ $paper }” 논문을 찾지 못했습니다. 최신 목록의 번호, arXiv ID, 링크, 제목으로 다시 입력해 주세요.
errors-source = 논문 출처에 연결하지 못했거나 올바른 응답을 받지 못했습니다. 네트워크를 확인하거나 몇 분 뒤 다시 시도해 주세요.
errors-model = 모델에서 올바른 응답을 받지 못했습니다. 잠시 뒤 다시 시도해 주세요.
errors-budget = 오늘의 모델 예산을 모두 썼습니다. UTC 자정(한국 시각 오전 9시)에 예산이 다시 채워질 때까지 원문에서 발췌한 문장을 보여 드립니다.
errors-slack = Slack이 요청을 거부했습니다({ $code }). 잠시 뒤 다시 시도해 주세요.
errors-reference = 계속되면 운영자에게 이 번호를 알려 주세요: ref { $reference }
