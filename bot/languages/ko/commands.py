"""What names a subcommand of ``/papers`` in Korean, the word of the help first."""

COMMANDS = {
    "ask": ("질문", "물어보기"),
    "date": ("날짜", "일자"),
    "forget": ("내데이터", "데이터삭제"),
    "help": ("도움말", "도움", "사용법"),
    "notes": ("노트", "메모"),
    "save": ("저장",),
    "saved": ("저장목록", "보관함"),
    "search": ("검색", "찾기"),
    "settings": ("설정",),
    "show": ("보기", "논문"),
    "status": ("상태", "현황"),
    "subscribe": ("구독", "구독하기"),
    "today": ("오늘", "최신"),
    "unsubscribe": ("구독취소", "구독해지", "해지"),
    "week": ("주간", "이번주"),
}
