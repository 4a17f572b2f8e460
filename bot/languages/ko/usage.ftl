usage-paperboy = 팀에 AI 논문을 전합니다. 아침 브리핑, 검색, 근거를 갖춘 답변.

    처음이라면 `paperboy demo`로 써 보고 `paperboy init`으로 설정하세요.
usage-team = 여러 워크스페이스가 Paperboy를 설치했을 때, 대상 워크스페이스.
usage-as-json = 스크립트용 출력.
usage-language = 기본값: PAPERBOY_LANGUAGE.
usage-count = 논문 수의 상한.
usage-channel = 이 채널에 올립니다.
usage-dry-run = Block Kit JSON을 출력하고 보내지 않습니다.
usage-ask = 논문 PAPER(arXiv ID, 링크, 제목의 일부)에 대해 QUESTION을 묻습니다.
usage-backup = 봇을 멈추지 않고 데이터베이스의 일관된 사본을 FILE에 저장합니다.
usage-check = 설정, 데이터베이스, 토큰, 권한, 출처, 모델을 한 줄씩 점검합니다.
usage-collect = 목록과 논문을 가져와 저장합니다.
usage-collect-day = 하루만. 기본값: 최신 목록과 아직 바뀌는 목록.
usage-collect-first = 기간의 첫날.
usage-collect-last = 기간의 마지막 날. 기본값: 최신.
usage-demo = 로컬 워크스페이스에서 전체 기능을 보여 줍니다. 키도 네트워크도 필요 없습니다.
usage-demo-once = 대화 기록만 출력하고 끝냅니다.
usage-demo-port = 로컬 워크스페이스의 포트. 0이면 아무 포트나 씁니다.
usage-demo-with-model = 설정된 모델을 씁니다.
usage-digest = 하루의 브리핑을 만듭니다. --channel을 붙이면 올립니다.
usage-digest-day = 기본값: 저장된 최신 목록.
usage-digest-style = 기본값: PAPERBOY_STYLE.
usage-export = 브리핑을 GitHub, Docusaurus, Discourse용 Markdown으로 저장합니다.

    가져온 브리핑은 원래대로, 그 뒤에 쓴 노트와 파일에 나오는 그림까지 함께 저장합니다. 그림이 파일보다 위 폴더에 있으면 원래 폴더 이름을 살려 저장합니다. 나머지는 저장된 내용으로 만듭니다.
usage-export-style = 브리핑 형식.
usage-export-day = 날짜(weekly가 아닌 형식).
usage-export-week = 주(weekly 형식).
usage-export-out = 저장할 폴더.
usage-export-offline = 요약을 새로 만들지 않고 저장된 내용만 씁니다.
usage-export-front-matter = 파일을 YAML 블록으로 시작합니다.
usage-forget = 멤버 USER(U…)에 대해 저장된 내용이나 워크스페이스 전체의 내용을 삭제합니다.

    논문과 모델이 만든 요약은 남습니다. 백업에 든 내용은 그대로입니다.
usage-forget-workspace = 워크스페이스의 모든 내용과 토큰.
usage-forget-dry-run = 개수만 셉니다.
usage-forget-yes = 묻지 않습니다.
usage-import = 어떤 형식이든 Markdown 브리핑의 파일, 폴더, Git 저장소, zip 파일을 가져옵니다.

    같은 내용을 다시 가져와도 바뀌지 않으며, 더 새로운 브리핑은 이전 브리핑을 대체합니다. 알 수 없는 절은 논문의 본문으로 저장하고 그 위치를 알려 줍니다. 날짜는 제목을 따르며, 파일 이름의 날짜가 다르면 파일 이름을 따릅니다. ID나 링크가 없는 논문은 제목으로 아카이브에서, 그다음 출처에서 찾고, 찾지 못하면 제목으로 저장하고 알려 줍니다.
usage-import-dry-run = 무엇이 바뀔지만 알리고 저장하지 않습니다.
usage-import-offline = Hugging Face와 arXiv에서 제목을 찾지 않습니다.
usage-import-year = 연도 없이 적힌 날짜의 연도.
usage-init = Paperboy를 설정합니다. 필요한 것을 묻고 시험해 .env에 저장한 다음 예시 브리핑을 보냅니다.

    모든 질문에는 옵션으로도 답할 수 있습니다. 다시 실행할 때 옵션을 붙이면 그 설정만 바뀝니다.
usage-init-language = 브리핑 언어.
usage-init-bot-token = OAuth & Permissions의 Bot User OAuth Token.
usage-init-app-token = Basic Information에서 만든 connections:write 앱 토큰.
usage-init-channel = 첫 채널의 이름이나 ID.
usage-init-time = 브리핑 시각.
usage-init-timezone = 그 시각의 시간대.
usage-init-base-url = OpenAI 호환 모델 서버의 주소.
usage-init-key = 모델 서버의 키.
usage-init-model = 모델 이름.
usage-init-no-model = 모델 없이 원문에서 문장을 발췌합니다.
usage-init-sample = 예시 브리핑을 보낼지 정합니다.
usage-init-browser = 앱을 만드는 링크를 브라우저로 열지 정합니다.
usage-init-file = 설정을 저장할 파일.
usage-manifest = Slack 앱의 매니페스트나, 그것으로 앱을 만드는 링크를 출력합니다.
usage-manifest-link = 내용이 채워진 Slack 앱 만들기 화면의 주소.
usage-manifest-distributed = 여러 워크스페이스가 OAuth로 설치할 때.
usage-migrate = 다른 데이터베이스의 모든 내용을 PAPERBOY_DATABASE가 가리키는 새 데이터베이스로 옮기고, 표마다 행 수와 체크섬을 확인합니다.

    먼저 봇을 중지해 주세요. 검색에 필요한 색인은 새로 만들며 시간이 걸립니다.
usage-migrate-source = SQLite 파일이나 postgresql://… 주소.
usage-morning = 지금 할 일을 하고 끝냅니다. cron이나 CI의 예약 작업용입니다.

    브리핑 시각이 된 구독 채널마다 브리핑을 한 번 올리고, 앞서 올린 메시지를 최신 내용으로 수정합니다. 스레드 질문과 명령에는 `paperboy run`이 필요합니다.
usage-run = SIGTERM이나 Ctrl-C까지 봇을 실행합니다.
usage-run-now = 구독한 이 채널에 브리핑을 바로 보냅니다.
usage-saved = 저장한 논문을 BibTeX, CSL-JSON, Markdown으로 출력합니다.
usage-saved-member = 목록을 출력할 멤버. 기본값: 모두가 저장한 논문.
usage-saved-kind = 출력 형식.
usage-search = 저장된 논문을 한국어나 영어로 검색합니다.
usage-search-limit = 논문 수의 상한.
usage-search-member = saved: 필터로 저장 목록을 볼 멤버. 기본값: 모두.
usage-stats = 개수, 비용, 지난 전송과 다음 전송.
usage-summarize = 아직 없는 요약을 만듭니다.
usage-summarize-day = 하루의 논문. 기본값: 저장된 최신 목록.
usage-summarize-paper = 논문 하나(arXiv ID나 링크).
usage-summarize-again = 있는 요약도 다시 만듭니다.
usage-weekly = 한 주의 브리핑과 동향을 만듭니다. --channel을 붙이면 올립니다.
usage-weekly-text = 기본값: 지난주.
usage-not-a-date = “{ $value }” 대신 2025-03-19 같은 날짜를 입력해 주세요.
usage-file-exists = { $file } 파일이 이미 있습니다. 다른 이름을 입력해 주세요.
usage-no-folder = { $folder } 폴더가 없습니다. 먼저 폴더를 만들어 주세요.
usage-date-or-range = --date는 --from, --to와 함께 쓸 수 없습니다.
usage-range-backwards = --from이 --to보다 늦습니다.
usage-week-needed = weekly 형식에는 --week 2025-W12처럼 --week가 필요합니다.
usage-date-needed = { $style } 형식에는 --date 2025-03-19처럼 --date가 필요합니다.
usage-user-or-workspace = USER와 --workspace 가운데 하나만 입력해 주세요.
usage-morning-now = 채널마다 최신 브리핑을 바로 올립니다. 이미 올린 것은 다시 올리지 않습니다.
