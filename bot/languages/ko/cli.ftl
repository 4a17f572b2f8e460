cli-interrupted = 중단했습니다. 저장된 내용은 그대로 있습니다.
cli-newer-database-copy = { $file } 파일은 더 새로운 Paperboy가 만든 데이터베이스입니다. Paperboy를 업데이트해 주세요. 이 버전을 계속 쓰려면 Paperboy를 중지하고 업데이트 전 사본({ $copy })으로 { $file } 파일을 바꿔 주세요({ $file }-wal과 { $file }-shm은 삭제합니다). 그 뒤에 저장된 내용은 사라집니다.
cli-newer-database = { $file } 파일은 더 새로운 Paperboy가 만든 데이터베이스입니다. Paperboy를 업데이트해 주세요.
cli-database-unusable = { $file } 데이터베이스를 사용할 수 없습니다. { $trouble ->
    [full] 디스크가 가득 찼습니다. 공간을 확보한 뒤 다시 시작해 주세요.
    [failing] 디스크에서 읽거나 쓸 수 없습니다. 가득 찼거나 할당량을 넘었거나 고장 났을 수 있습니다.
    [read-only] 읽기만 할 수 있습니다.
    [not-opened] 경로와 권한을 확인해 주세요.
    [locked] 다른 작업이 너무 오래 잠그고 있습니다. 잠시 뒤에 다시 시도해 주세요.
    [closed] 작업이 끝나기 전에 닫혔습니다.
    [damaged] 파일이 손상되었습니다. 백업에서 복구해 주세요.
    [foreign] Paperboy의 데이터베이스가 아닙니다.
    [missing] 없는 데이터베이스입니다.
    [not-allowed] 주소의 사용자에게 필요한 권한이 없습니다.
    [refused] 서버가 접속을 거부합니다. 주소의 사용자, 비밀번호, 데이터베이스가 맞는지, 서버에 남은 연결이 있는지 확인해 주세요.
    [busy-server] 서버에 남은 연결이 없습니다.
    [unreachable] 서버에 연결할 수 없거나 서버가 연결을 끊었습니다.
    [too-old] PostgreSQL 15 이상이 필요합니다.
    [no-address] PostgreSQL 주소가 아닙니다. 비밀번호의 특수 문자는 퍼센트 인코딩해야 합니다(@는 %40).
    [encoding] 인코딩이 UTF8이어야 합니다. 새로 만들어 주세요.
   *[other] 오류가 발생했습니다.
}
cli-port-taken = 포트 { JOSA($port, "을") } 쓸 수 없습니다. { $name }에 다른 번호를 설정해 주세요.
cli-future-date = { JOSA($date, "은") } 아직 오지 않은 날짜입니다(UTC 기준). 오늘이나 지난 날짜를 입력해 주세요.
cli-collecting = 목록 가져오는 중
cli-collected = { $date } { $source }: 논문 { $total }편 (새 논문 { $new }편, 갱신 { $updated }편)
cli-unreadable = { $date } { $source }: 논문 { $count }편은 arXiv에 없거나 읽을 수 없습니다
cli-source-problem = { $date } { $source }: 출처에서 가져오지 못해 저장된 내용으로 계속합니다.
cli-summarizing = 요약 작성 중
cli-summaries-to-repair = 요약 { $count }건은 나중에 다시 시도합니다.
cli-no-week = { $week } 주에 저장된 논문이 없습니다.
cli-no-listings = 저장된 논문 목록이 아직 없습니다. 먼저 `paperboy collect`를 실행해 주세요.
cli-no-listing = { $date }의 논문 목록이 없습니다. 먼저 `paperboy collect`를 실행해 주세요.
cli-backed-up = 데이터베이스 사본을 { $file }에 저장했습니다.
cli-migrating-copying = 행 복사 중
cli-migrating-comparing = 행 확인 중
cli-migrating-vectors = 벡터 색인 중
cli-migrated = 행 { $rows }개를 옮기고 빠짐없이 옮겨졌는지 확인했습니다.
cli-empty-query = 검색할 키워드를 입력해 주세요.
cli-empty-question = 질문을 입력해 주세요.
cli-nothing-found = “{ $query }”에 해당하는 논문이 없습니다.
cli-posted = { $channel } 채널에 { $date } 브리핑을 올렸습니다.
cli-posted-before = { $channel } 채널에는 { $date } 브리핑을 이미 올렸습니다.
cli-post-waiting = { $channel } 채널에 올리지 못했습니다. { $reason }
cli-running-socket = Paperboy가 Socket Mode로 연결되었습니다. 종료하려면 Ctrl-C를 누르세요.
cli-running-http = Paperboy가 { $port }번 포트의 /slack/events에서 요청을 기다립니다. 종료하려면 Ctrl-C를 누르세요.
cli-not-subscribed = { $channel } 채널의 구독이 없습니다. Slack에서 /papers subscribe로 구독해 주세요.
cli-stopping = 진행 중인 작업을 마치고 종료합니다.
cli-bot-token-missing = SLACK_BOT_TOKEN이 없습니다. api.slack.com/apps에서 앱을 선택하고 OAuth & Permissions의 Bot User OAuth Token(xoxb-…)을 복사해 주세요.
cli-entrance-missing = SLACK_APP_TOKEN도 SLACK_SIGNING_SECRET도 없습니다. Socket Mode라면 Basic Information > App-Level Tokens의 xapp- 토큰을, HTTP라면 Signing Secret을 설정해 주세요.
cli-demo-without-model = 데모는 환경 변수에 설정된 모델을 사용하지 않습니다. 사용하려면 --model을 붙이세요.
cli-demo-by-hand = 논문은 실제 논문이고, 그 내용은 데모를 위해 두 언어로 풀어 쓴 것입니다. 모델이 없으면 실제 한국어 채널에는 한국어 제목 아래에 영어 문장이 표시됩니다.
cli-demo-page = 이 워크스페이스를 직접 사용해 보려면 브라우저에서 다음 주소를 여세요: { $url }
    종료하려면 Ctrl-C를 누르세요.
cli-demo-over = 워크스페이스를 종료했습니다. 저장된 데이터는 없습니다.
cli-demo-title = { $date } 아침, { JOSA($channel, "이") } 있는 로컬 워크스페이스
cli-demo-morning = 1. 아침 브리핑이 { $channel } 채널에 올라옵니다
cli-demo-today = 2. { JOSA($user, "이") } /papers today 명령을 입력합니다
cli-demo-thread = 3. { JOSA($user, "이") } “{ $title }” 스레드를 열고 질문합니다
cli-demo-digest-question = 4. { JOSA($user, "이") } 브리핑 스레드에서 번호로 질문합니다
cli-demo-only-you = 이 사용자에게만 보입니다
cli-demo-question = 이 논문의 한계가 뭐야?
cli-demo-further-question = Clip-Higher는 무엇을 바꾼 거야?
cli-demo-numbered-question = 3번 논문은 어떤 방법을 썼어?
cli-demo-failed = 데모를 끝까지 실행하지 못했습니다: { $step }
cli-now-needs-one-workspace = --now는 워크스페이스가 하나일 때(SLACK_BOT_TOKEN)만 쓸 수 있습니다.
cli-bot-token-and-oauth = SLACK_BOT_TOKEN은 워크스페이스 하나의 토큰입니다. SLACK_CLIENT_ID와 SLACK_CLIENT_SECRET을 설정했다면 비워 두세요.
cli-signing-secret-missing = SLACK_SIGNING_SECRET이 없습니다. OAuth로 설치하려면 필요합니다. 앱의 Basic Information 페이지에서 복사해 주세요.
cli-oauth-half = SLACK_CLIENT_ID와 SLACK_CLIENT_SECRET은 함께 설정해야 합니다. 앱의 Basic Information 페이지에서 둘 다 복사하거나, 둘 다 비워 두세요.
cli-forget-sure = 모두 완전히 삭제할까요?
cli-forget-said = 메시지
cli-forget-questions = 질문과 답변
cli-forget-feedback = 답변에 남긴 평가
cli-forget-notes = 노트
cli-forget-corrections = 수정한 요약
cli-forget-saved = 저장한 논문
cli-forget-signs = 관심 기록
cli-forget-messages = 브리핑, 게시 기록, 구독
cli-forget-archive = 가져온 브리핑과 논문 항목
cli-forget-profile = 언어와 시간대
cli-forget-access = 워크스페이스와 토큰
cli-forgotten = 삭제했습니다.
cli-no-manifest = Slack 앱의 manifest.json을 찾을 수 없습니다. 저장소 폴더에서 실행하거나 패키지를 다시 설치해 주세요.
cli-empty-archive = 저장된 논문이 아직 없습니다. 먼저 `paperboy collect`나 `paperboy import`를 실행해 주세요.
cli-nothing-kept = 이 멤버나 워크스페이스에 대해 저장된 내용이 없습니다.
cli-nobody-saved = 저장한 논문이 없습니다.
cli-morning = { $channel }: { $outcome }
cli-morning-posted = 최신 브리핑을 올렸습니다
cli-morning-already = 최신 브리핑을 이미 올렸습니다
cli-morning-revived = 보내지 못했던 메시지를 다시 보냈습니다
cli-morning-quiet = 새 논문이 없다고 알렸습니다
cli-morning-skipped = 올릴 메시지가 없습니다
cli-morning-source-down = 출처에서 목록을 가져오지 못했습니다. 다음 실행에서 다시 시도합니다
cli-morning-failed = 실패했습니다. 자세한 내용은 로그에 있습니다
cli-morning-missed = 너무 늦어 이번 브리핑은 올리지 않습니다
cli-nothing-due = 지금 올릴 브리핑이 없습니다.
cli-next-due = 다음 브리핑: { $moment }
cli-morning-waiting = 아직 보내지 못한 메시지가 있습니다. 다음 실행에서 이어서 보냅니다.
cli-no-channel = 구독한 채널이 없습니다. PAPERBOY_CHANNEL을 설정하거나 `paperboy init`을 실행해 주세요.
cli-no-charts = 동향 그림 없이 저장했습니다. 그림도 넣으려면 pip install ".[charts]"처럼 추가 기능과 함께 설치해 주세요.
cli-stats-papers = 논문
cli-stats-listings = 목록
cli-stats-summaries = 요약
cli-stats-passages = 본문 단락
cli-stats-subscriptions = 구독
cli-stats-digests = 브리핑
cli-stats-deliveries = 메시지
cli-stats-threads = 스레드
cli-stats-questions = 질문
cli-stats-notes = 노트
cli-stats-model-calls = 모델 호출
cli-stats-cost-usd-today = 오늘 비용(USD)
cli-stats-cost-usd-30-days = 30일 비용(USD)
cli-stats-last-delivery = 마지막 전송
cli-stats-next-delivery = 다음 브리핑
cli-stats-heartbeat = 마지막 정상 확인
cli-stats-incidents = 문제
cli-nothing-to-import = Markdown 파일이나 Markdown이 든 zip 파일이 없습니다: { $paths }
cli-not-empty = { $file } 데이터베이스에 이미 내용이 있습니다. PAPERBOY_DATABASE에 새 데이터베이스를 설정해 주세요.
cli-no-such-file = { $file } 파일이 없습니다.
cli-env-encoding = { $file } 파일을 읽을 수 없습니다. UTF-8 텍스트로 저장해 주세요.
cli-env-unreadable = { $file } 파일을 읽을 수 없습니다.
