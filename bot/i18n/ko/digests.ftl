digests-title-daily = AI 논문 브리핑 · { $day }
digests-intro-all = { $total ->
    [1] Hugging Face { $day } 목록에 오른 논문 한 편입니다.
   *[other] Hugging Face { $day } 목록에 오른 논문 { $total }편을 모두 전합니다.
}
digests-intro-part = Hugging Face { $day } 목록에 오른 논문 { $total }편 가운데 { $count }편을 먼저 전하고, 나머지는 제목만 싣습니다.
digests-order-votes = 추천이 많은 순서입니다.
digests-order-topics = 관심 주제에 맞는 논문을 앞에 두고, 그다음은 추천이 많은 순서로 실었습니다.
digests-part = { $title } ({ $part }/{ $parts })
digests-rest = *그 밖의 논문 { $count }편*
digests-votes = 추천 { $count }
digests-code = 코드
digests-project = 프로젝트
digests-withdrawn = 철회된 논문
digests-why = 관심 주제: { $topics }
digests-open-thread = 스레드 열기
digests-ask-hint = 이 글의 스레드에 “{ $number }번 논문의 한계가 뭐야?”처럼 물어보시면 답해 드립니다.
digests-more-in-thread = 이어지는 논문은 이 글의 스레드에 있습니다.
digests-hidden = 제외 주제에 걸린 논문 { $count }편은 싣지 않았습니다.
digests-maker-model = { JOSA($maker, "이") } 만든 요약이라 틀린 내용이 있을 수 있습니다. 중요한 내용은 원문에서 확인해 주세요.
digests-maker-extractive = 요약 모델 없이 논문에서 그대로 뽑은 문장입니다.
digests-maker-mixed = { JOSA($maker, "이") } 만든 요약과 원문에서 뽑은 문장이 섞여 있습니다. 요약에는 틀린 내용이 있을 수 있습니다.

digests-notice-source-down = Hugging Face에서 새 목록을 받지 못해 저장해 둔 내용으로 전합니다.
digests-notice-budget-spent = 오늘의 모델 예산을 다 써서, 남은 논문은 원문에서 뽑은 문장으로 전합니다.
digests-notice-model-down = 모델에 연결하지 못해 원문에서 뽑은 문장으로 전합니다.
digests-notice-from-abstract = { $count }편은 아직 요약이 없어 초록의 첫 문장을 그대로 싣습니다. 요약이 준비되는 대로 이 글을 고치겠습니다.
digests-notice-late = 목록을 늦게 받아 평소보다 늦게 전합니다.

digests-empty-weekend = { $day } 목록에는 논문이 없습니다. Hugging Face는 주말에 논문을 거의 올리지 않습니다.
digests-empty-weekday = { $day } 목록에는 전할 논문이 없습니다. 다음 목록이 나오면 다시 전합니다.
digests-late = { $day } 목록을 아직 받지 못했습니다. 받는 대로 이 채널에 올리겠습니다.
digests-nothing-new = { $day } 목록의 논문은 모두 이 채널에 이미 전해 드렸습니다.

digests-highlight-new = 새로운 점
digests-highlight-technical = 핵심 기술
digests-highlight-performance = 성능
digests-section-motivation = 동기와 문제
digests-section-contributions = 기여와 새로움
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
digests-card-no-summary = 아직 요약이 없어 초록을 그대로 보여 드립니다.
digests-card-from-abstract = 본문을 읽지 못해 초록만 보고 만든 요약입니다.
digests-card-made = { $day } 작성
digests-card-ask = 이 스레드에 궁금한 점을 물어보세요. 예: “이 논문의 한계는 뭐야?”, “어떤 데이터로 평가했어?”

digests-list-title = { $day } 논문 { $count }편
digests-list-page = { $first }–{ $last }번 / 전체 { $count }편
digests-list-next = 다음
digests-list-previous = 이전
digests-list-share = 채널에 공유
digests-list-hint = 번호로 논문을 펼쳐 보려면 `/papers show 3`처럼 입력해 주세요.
digests-list-not-yet = 아직 받아 둔 목록이 없습니다. 첫 목록을 받으면 이 명령으로 보실 수 있습니다.
digests-results-title = “{ $query }” 검색 결과 { $count }편
digests-results-none = “{ $query }”에 맞는 논문을 찾지 못했습니다.
digests-results-none-hint = 낱말을 줄이거나 영어로 바꾸어 검색해 보세요. 예: `/papers search 강화학습`
digests-results-did-you-mean = 혹시 { JOSA($suggestion, "을") } 찾으셨나요?
digests-results-search-again = { $suggestion } 검색
digests-choose-title = 어느 논문을 말씀하시나요?
digests-choose-this = 이 논문
digests-shared-by = { $user } 님이 공유했습니다.
