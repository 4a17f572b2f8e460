archive-maker = 만든 이: { $maker } ({ $day }). 모델이 작성한 내용이므로 틀릴 수 있습니다.
archive-maker-extractive = 만든 이: { $maker } ({ $day }). 모델을 쓰지 않고 논문에서 그대로 발췌한 문장입니다.
archive-nothing = { $period }에 내보낼 논문이 없습니다.
archive-importing = 가져오는 중
archive-indexing = 검색 색인에 추가하는 중
archive-imported = 파일 { $files }개에서 논문 { $papers }편을 읽었습니다. 브리핑: 추가 { $new }건, 갱신 { $updated }건, 변경 없음 { $unchanged }건.
archive-dry-run = 시험 실행이므로 저장하지 않았습니다. 파일 { $files }개, 논문 { $papers }편. 브리핑: 추가 { $new }건, 갱신 { $updated }건, 변경 없음 { $unchanged }건.
archive-not-asked = 출처가 응답하지 않아 제목 { $count }건을 검색하지 못했습니다. 나중에 다시 가져와 주세요.
archive-unidentified = arXiv ID를 찾지 못해 제목으로 저장한 논문 ({ $count }편):
archive-unclear = 확인이 필요한 부분 ({ $count }건):
archive-skipped = 가져오지 않은 항목 ({ $count }건):
archive-more = … 외 { $count }건. 모두 보려면 --json을 붙여 주세요.
archive-importing-rate = 가져오는 중 (논문 { $papers }편, 초당 { $rate }편)
archive-export-offline = arXiv가 응답하지 않아 요약을 새로 만들지 않고 저장된 내용만 내보냅니다.
archive-no-style = { $style } 형식은 없습니다.
archive-not-written = { $folder } 폴더에 쓸 수 없습니다: { archive-system-reason }
# 운영 체제가 알려 주는 이유.
archive-system-reason = { $code ->
    [EACCES] 권한이 없습니다
    [EPERM] 권한이 없습니다
    [ENOENT] 찾을 수 없습니다
    [ENOTDIR] 폴더가 아닙니다
    [ENOSPC] 디스크가 가득 찼습니다
    [EROFS] 읽기 전용입니다
   *[other] { $reason }
}
archive-state-new = 새로 추가
archive-state-updated = 갱신
archive-state-unchanged = 변경 없음
archive-state-older = 이전 버전이므로 변경하지 않음
archive-count-papers = 논문 { $count }편
archive-count-stubs = 링크만 { $count }편
archive-count-identified = ID 확인 { $count }편
archive-count-votes = 추천 수 { $count }편
archive-count-authors = 저자 { $count }편
archive-count-organizations = 소속 { $count }편
archive-count-three-highlights = 핵심 세 가지 { $count }편
archive-count-sections = 섹션 { $count }개
archive-count-trends = 동향 { $count }개
archive-count-introductions-in-two-languages = 두 언어 소개 { $count }편
archive-count-abstracts-in-two-languages = 두 언어 초록 { $count }편
archive-count-kept = 자유 형식 텍스트 { $count }편
archive-count-tables = 표 { $count }개
archive-count-figures = 그림 { $count }개
archive-count-links = 이전 브리핑 링크 { $count }개
archive-count-readings = 더 읽을거리 { $count }개
archive-kept-texts = 알려진 항목이 아니어서 텍스트로 저장한 부분 ({ $count }건):
archive-asked = 확인이 필요한 질문 ({ $count }건):
archive-no-papers = 논문이 없습니다
archive-no-such-file = 그런 파일이나 폴더가 없습니다
archive-no-text = 텍스트 파일이 아닙니다
archive-unknown-encoding = 알 수 없는 인코딩입니다 ({ $line }행이 UTF-8이 아님)
archive-too-large = { $size }MB보다 큽니다
archive-too-long = { $count }행보다 깁니다
archive-too-many = 브리핑 하나에 논문이 { $count }편보다 많습니다
archive-not-unpacked = zip 파일의 압축을 풀 수 없습니다
archive-not-opened = 읽을 수 없습니다: { archive-system-reason }
archive-failed = 가져오지 못했습니다: { $reason }
archive-no-such-day = 없는 날짜입니다: { $text }
archive-which-year = { $text }: 연도를 알 수 없습니다. --year를 붙여 다시 가져와 주세요.
archive-which-day = 제목과 파일 이름 어디에도 날짜가 없습니다
archive-name-wins = 날짜가 서로 다릅니다({ $text }). 파일 이름의 날짜를 사용했습니다
archive-older-beside = { $text }의 이전 버전으로 보입니다. 둘 다 보관하고 정보는 새 버전을 따릅니다
archive-older-left = { $text }의 이전 버전이라 새 버전을 유지합니다
archive-older-taken = { $text }의 이전 버전으로 새 버전을 대체했습니다
