digests-title-daily = { $sources } 논문 브리핑 · { $day }
digests-intro-all = { $total ->
    [1] { digests-lists }의 논문 한 편입니다.
   *[other] { digests-lists }의 논문 { $total }편입니다.
}
digests-intro-part = { digests-lists }의 논문 { $total }편 중 { $count }편을 소개하고, 나머지는 제목만 보여 드립니다.
digests-intro-chosen = { digests-lists }의 논문 { $total }편 중 { $count }편을 소개합니다. 나머지 { $left }편은 표시하지 않았습니다.
digests-lists = { $sources } { $day } 목록
digests-order-votes = 추천이 많은 순서입니다.
digests-order-votes-unvoted = { "" }
digests-order-topics = 관심 주제를 우선으로 하고, 추천 수를 함께 고려한 순서입니다.
digests-order-topics-unvoted = 관심 주제와 관련성이 높은 순서입니다.
digests-order-topics-taste = 관심 주제를 우선으로 하고, 지금까지 보인 관심과 추천 수를 함께 고려한 순서입니다.
digests-order-topics-taste-unvoted = 관심 주제를 우선으로 하고, 지금까지 보인 관심을 함께 고려한 순서입니다.
digests-part = { $title } ({ $part }/{ $parts })
digests-rest = *그 밖의 논문 { $count }편*
digests-votes = 추천 { $count }
digests-code = 코드
digests-project = 프로젝트
digests-withdrawn = 철회된 논문
digests-why = 관심 주제: { $topics }
digests-why-like = 저장하거나 표시한 논문과 관련된 논문: { $title }
digests-why-taste-own = 관심을 보인 주제: { $topic }
digests-why-taste = 이 채널에서 관심을 보인 주제: { $topic }
digests-order-taste = 지금까지 보인 관심과 추천 수를 함께 고려한 순서입니다.
digests-order-taste-unvoted = 지금까지 보인 관심을 고려한 순서입니다.
digests-open-thread = 스레드 열기
digests-ask-hint = 이 메시지의 스레드에 “{ $number }번 논문의 한계가 뭐야?”처럼 질문해 보세요.
digests-more-in-thread = 나머지 논문은 이 메시지의 스레드에 있습니다.
digests-more-in-thread-weekly = 논문별 핵심 내용은 이 메시지의 스레드에 있습니다.
digests-hidden = 제외 주제에 해당하는 논문 { $count }편은 뺐습니다.
digests-maker-model = { JOSA($maker, "이") } 작성한 요약이므로 틀릴 수 있습니다. 중요한 내용은 원문에서 확인해 주세요.
digests-maker-verified = { JOSA($verifier, "이") } 모든 문장이 원문과 일치하는지 확인했습니다.
digests-maker-extractive = 모델을 쓰지 않고 논문에서 그대로 발췌한 문장입니다.
digests-maker-mixed = { JOSA($maker, "이") } 작성한 글과 원문에서 발췌한 문장이 섞여 있습니다. 모델이 작성한 문장은 틀릴 수 있습니다.
digests-maker-imported = 가져온 브리핑에 있던 내용입니다.
digests-unreadable = 목록의 논문 { $count }편은 arXiv에 없거나 읽을 수 없어 제외했습니다.
digests-whole-list = 전체 목록 보기: { $sources }
digests-notice-source-down = { $sources }에서 새 목록을 가져오지 못해 저장된 내용으로 브리핑을 보여 드립니다.{ $kept ->
    [yes] { " " }빠진 논문은 목록을 가져오는 대로 보내 드립니다.
   *[no] { "" }
}
digests-resting = { $day }에는 { $sources }에 새 논문이 없었습니다. 휴일로 보이며, 다음 목록은 { $next }에 나올 예정입니다.
digests-notice-budget-spent = 오늘의 모델 예산을 모두 써서, 나머지 논문은 원문에서 발췌한 문장을 보여 드립니다.
digests-notice-summaries-late = 일부 요약이 제시간에 준비되지 않아 원문에서 발췌한 문장을 보여 드립니다.{ $kept ->
    [yes] { " " }요약이 준비되면 이 메시지를 수정합니다.
   *[no] { "" }
}
digests-notice-model-down = 모델에 연결하지 못해 원문에서 발췌한 문장을 보여 드립니다.
digests-notice-from-abstract = 논문 { $count }편은 아직 요약이 없어 초록의 첫 문장을 보여 드립니다.{ $kept ->
    [yes] { " " }요약이 준비되면 이 메시지를 수정합니다.
   *[no] { "" }
}
digests-notice-late = 목록을 늦게 가져와 브리핑을 평소보다 늦게 보내 드립니다.

digests-empty-weekend = { $day } 목록에는 논문이 없습니다. { JOSA($sources, "은") } 주말에 논문을 거의 올리지 않으며, 다음 목록은 { $next }에 나올 예정입니다.
digests-empty-holiday = { $day } 목록에는 논문이 없습니다. { $sources }에 새 논문이 없었으며, 휴일로 보입니다. 다음 목록은 { $next }에 나올 예정입니다.
digests-empty-weekday = { $day } 목록에는 논문이 없습니다.{ $kept ->
    [yes] { " " }다음 목록이 나오면 보내 드립니다.
   *[no] { "" }
}
digests-late = { $day } 목록을 아직 가져오지 못했습니다. 가져오는 대로 올립니다.
digests-nothing-new = { $day } 목록의 논문은 이미 모두 보내 드렸습니다.

digests-highlight-new = 새로운 점
digests-highlight-technical = 핵심 기술
digests-highlight-performance = 성능
digests-section-motivation = 동기와 문제
digests-section-contributions = 기여와 새로운 점
digests-section-method = 구조와 학습
digests-section-setup = 실험 설정
digests-section-results = 정량 결과
digests-section-limitations = 한계와 실패 사례
digests-section-followups = 후속 연구 아이디어

digests-card-tldr = 한 줄 요약
digests-card-abstract = 초록
digests-card-authors-more = { $names } 외 { $count }명
digests-card-published = { $day } 공개
digests-card-listed = { $day } 목록
digests-card-pdf = PDF
digests-card-stars = ★ { $count }
digests-card-no-summary = 아직 요약이 없어 초록을 보여 드립니다.
digests-card-from-abstract = 본문을 읽지 못해 초록만으로 작성한 요약입니다.
digests-card-made = { $day } 요약 작성
digests-card-ask-opened = 스레드를 열고 질문해 보세요. 예: “이 논문의 한계는 뭐야?”, “어떤 데이터로 평가했어?”
digests-card-ask = 이 메시지의 스레드에서 질문해 보세요. 예: “이 논문의 한계는 뭐야?”, “어떤 데이터로 평가했어?”

digests-related = 지난 관련 논문: { $title } · { $day }
digests-related-title = 지난 관련 논문
digests-related-entry = { $title } · { $day }
digests-related-new = 이 논문에서 새로 다루는 내용: { $words }

digests-list-title = { $day } 논문 { $count }편
digests-list-page = { $first }~{ $last }번 / 전체 { $count }편
digests-list-next = 다음
digests-list-previous = 이전
digests-list-share = 채널에 공유
digests-list-hint = 논문 한 편을 자세히 보려면 `/papers show 3`처럼 `/papers show`와 번호를 입력해 주세요.
digests-list-not-yet = 아직 저장된 목록이 없습니다. 첫 목록을 가져오면 `/papers today`로 볼 수 있습니다.
digests-results-title = “{ $query }” 검색 결과 { $count }편
digests-results-none = “{ $query }”에 해당하는 논문을 찾지 못했습니다.
digests-results-none-hint = 키워드를 줄이거나 영어로 검색해 보세요. 예: `/papers search reinforcement learning`
digests-results-unclear = 인식하지 못한 필터는 제외하고 검색했습니다: { $filters } (날짜는 2025-03처럼 입력해 주세요.)
digests-results-did-you-mean = 혹시 { JOSA($suggestion, "을") } 찾으셨나요?
digests-results-search-again = { $suggestion } 검색
digests-choose-title = 어느 논문을 말씀하시나요?
digests-choose-this = 이 논문
digests-shared-by = { $user } 님이 공유했습니다.

digests-title-weekly = { $sources } 주간 논문 브리핑 · { $days }
digests-intro-weekly = { $total ->
    [1] 한 주 동안 { $sources } 목록에 오른 논문 한 편입니다.
   *[other] { $left ->
        [0] 한 주 동안 { $sources } 목록에 오른 논문 { $total }편입니다.
       *[other] 한 주 동안 { $sources } 목록에 오른 논문 { $total }편 중 { $count }편을 소개합니다.
    }
}
digests-week-unread = 이 기간의 목록 중 { $count }개({ $sources })를 아직 가져오지 못해 빠진 논문이 있을 수 있습니다.
digests-weeks-compared = { $weeks ->
    [0] 목록을 모두 가져온 이전 주가 없어 비교하지 않았습니다.
    [8] 이전 8주와 비교했습니다.
   *[other] 이전 8주 중 목록을 모두 가져온 { $weeks }주와 비교했습니다.
}
digests-empty-week = { $week } 목록에는 논문이 없습니다.
digests-empty-week-unread = { $week } 목록({ $sources })을 아직 모두 가져오지 못했고, 보여 드릴 논문도 아직 없습니다. 잠시 뒤 다시 확인해 주세요.
digests-unknown-week = “{ $week }”에서 주를 인식하지 못했습니다. `2025-W12`처럼 연도와 주 번호를 입력해 주세요.
digests-future-week = { $week } 주는 아직 시작하지 않았습니다.
digests-trends = 한 주의 동향
digests-no-trends = 눈에 띄는 주제는 없습니다.
digests-trend = 논문 { $total }편 중 { $count }편({ $share }%)으로, 비교한 { $weeks }주 평균 { $earlier }%보다 늘었습니다.
digests-trend-alone = 논문 { $total }편 중 { $count }편({ $share }%)입니다.
digests-chart-title = 최근 { $weeks }주의 주제별 논문 비율
digests-chart-line = { $name }: { $values }(%).
digests-chart-share = 목록에서 차지하는 비율(%)

digests-topic-reasoning = 추론
digests-topic-test-time = 추론 시점 확장
digests-topic-reinforcement = 강화 학습
digests-topic-preference = 선호 최적화
digests-topic-agents = 에이전트
digests-topic-gui = 화면 조작 에이전트
digests-topic-multi-agent = 다중 에이전트
digests-topic-multimodal = 멀티모달 언어 모델
digests-topic-video-generation = 비디오 생성
digests-topic-video-understanding = 비디오 이해
digests-topic-image-generation = 이미지 생성
digests-topic-image-editing = 이미지 편집
digests-topic-diffusion = 확산 모델
digests-topic-autoregressive-images = 시각 토크나이저
digests-topic-three-d = 3D 생성과 복원
digests-topic-spatial = 공간 이해
digests-topic-scenes = 3D 장면
digests-topic-humans = 사람 움직임과 아바타
digests-topic-robotics = 로봇
digests-topic-driving = 자율 주행
digests-topic-world-models = 세계 모델
digests-topic-games = 게임
digests-topic-speech = 음성
digests-topic-music = 음악과 소리
digests-topic-efficiency = 추론 효율
digests-topic-quantization = 양자화
digests-topic-compression = 모델 압축
digests-topic-long-context = 긴 문맥
digests-topic-architecture = 새로운 구조
digests-topic-experts = 전문가 혼합(MoE)
digests-topic-pretraining = 사전 학습 데이터
digests-topic-scaling-laws = 스케일링 법칙
digests-topic-fine-tuning = 미세 조정
digests-topic-merging = 모델 병합
digests-topic-synthetic-data = 합성 데이터
digests-topic-retrieval = 검색 증강(RAG)
digests-topic-search-agents = 검색과 심층 리서치
digests-topic-memory = 장기 기억
digests-topic-code = 코드 생성
digests-topic-math = 수학
digests-topic-science = 과학
digests-topic-medicine = 의료
digests-topic-finance = 금융
digests-topic-law = 법률
digests-topic-education = 교육
digests-topic-benchmarks = 벤치마크
digests-topic-judges = 자동 평가와 검증
digests-topic-hallucination = 환각과 사실성
digests-topic-safety = 안전성
digests-topic-privacy = 개인정보와 저작권
digests-topic-detection = 생성물 탐지
digests-topic-interpretability = 해석 가능성
digests-topic-languages = 다국어
digests-topic-korean = 한국어
digests-topic-documents = 문서와 도표 이해
digests-topic-segmentation = 분할과 검출
digests-topic-tracking = 추적
digests-topic-image-quality = 화질 개선
digests-topic-captioning = 이미지 설명
digests-topic-embeddings = 임베딩
digests-topic-recommendation = 추천 시스템
digests-topic-time-series = 시계열
digests-topic-graphs = 그래프
digests-topic-tokenizers = 토크나이저
digests-topic-language-diffusion = 확산 언어 모델
digests-topic-unified = 통합 멀티모달
digests-topic-personas = 역할극과 사회 시뮬레이션
digests-topic-remote-sensing = 위성 영상
digests-topic-optimizers = 최적화 기법
digests-maker-member = ✎ 표시한 부분은 { $users } 님이 수정했습니다.
digests-team = 우리 팀
digests-saved = { $count }명이 저장했습니다.
digests-notes-more = 외 노트 { $count }개
digests-card-figure = 논문 그림: { $title }
digests-card-thumbnail = 미리 보기 그림: { $title }
digests-why-near = 관심 주제와 의미가 가까운 논문: { $topics }
