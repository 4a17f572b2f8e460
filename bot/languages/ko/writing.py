"""Korean as a model writes it."""

from bot.languages.language import Writing

WRITING = Writing(
    run=4,
    length=(0.2, 1.2),
    leftover=(r"구절 ?\[?\d|요약해 드리|다음은 .{0,20}요약|언어 모델로서|죄송(?:합|하)|요청하신"),
    filler=(
        r"(?:정보|내용|설명|사항|언급)(?:은|는|이|가)? ?(?:명시|언급|제공|기재|서술|제시)되지 않"
        r"|(?:논문|초록|본문|원문|구절)에(?:서|는|서는)? [^.]{0,40}"
        r"(?:되지 않|하지 않|없습니다|없음)"
    ),
    endings="다요음임함됨",
    to_a_model="언어 ?모델|인공지능|챗봇|요약|심사|리뷰|(?:이|본) (?:논문|연구|초록)",
)
