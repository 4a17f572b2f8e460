"""The team that a new workspace starts with."""

from bot.workspace.records import Channel, Member, Team

TEAM = Team(id="T0PAPER01", name="Paper Lab", domain="paper-lab")
APP_ID = "A0PAPER01"
VERIFICATION_TOKEN = "local-verification-token"
BOT = Member(
    id="U0PAPERBOY",
    name="paperboy",
    real_name="Paperboy",
    locale="en-US",
    tz="Asia/Seoul",
    color="1f6f5c",
    bot_id="B0PAPERBOY",
)
MINJI = Member("U0MINJI001", "minji", "김민지", "ko-KR", "Asia/Seoul", "c2410c")
JUNHO = Member("U0JUNHO001", "junho", "이준호", "ko-KR", "Asia/Seoul", "4338ca")
ALICE = Member("U0ALICE001", "alice", "Alice Martin", "en-US", "America/New_York", "be185d")
PEOPLE = (MINJI, JUNHO, ALICE)

_EVERYONE = frozenset(member.id for member in PEOPLE)
_WITH_BOT = _EVERYONE | {BOT.id}
DAILY = Channel("C0DAILY001", "daily-papers", "public", _WITH_BOT, "Papers of the day")
RESEARCH = Channel("C0RESEARCH", "research-en", "public", _WITH_BOT, "Research talk in English")
RANDOM = Channel("C0RANDOM01", "random", "public", _EVERYONE, "Everything else")
ARCHIVED = Channel("C0OLD00001", "old-papers", "public", _WITH_BOT, "Closed", archived=True)
PRIVATE = Channel("G0LEADS001", "leads", "private", frozenset({MINJI.id, ALICE.id}), "Leads")


def direct_message(member: Member) -> Channel:
    """The direct message between a person and the bot."""
    return Channel("D" + member.id[1:], "", "im", frozenset({member.id, BOT.id}))


CHANNELS = (
    DAILY,
    RESEARCH,
    RANDOM,
    ARCHIVED,
    PRIVATE,
    *(direct_message(member) for member in PEOPLE),
)
