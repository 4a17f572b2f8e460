"""Whether every promise was kept, by what stands in Slack and in the database."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from bot.workspace import Message
from bot.workspace.seed import RESEARCH
from storage import Subscription
from tests.benchmarks.soak.month import WISHES, Month, _key

# A title of the digest; links to related papers are not in bold.
_PAPER = re.compile(r"\*(?:\d+\. )?<https?://arxiv\.org/abs/([^|>\s]+)")
_VOTES = re.compile(r"([\d,]+) votes?\b|추천 ([\d,]+)")
# What Slack says to a message that is not as it wants it.
OUTSIDE_LIMITS = frozenset(
    ("invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text",
     "invalid_arguments", "metadata_too_large", "too_many_attachments", "invalid_metadata_format")
)  # fmt: skip
SPACING = timedelta(seconds=1)


def judge(one: Month) -> list[str]:
    """What is wrong, in words."""
    return [
        *one.problems,
        *(problem for wish in WISHES for problem in _digests(one, wish)),
        *_answers(one),
        *_limits(one),
        *_told(one),
    ]


def _posts(one: Month, channel: str) -> Iterator[tuple[Message, str]]:
    """Digest roots with the day they are about."""
    for root in one.workspace.messages(channel):
        key = _key(root.metadata)
        if key.startswith("daily/"):
            yield root, key.split("/")[2]


def _votes(one: Month, root: Message) -> tuple[dict[str, int], list[str]]:
    """Votes by paper in a post and its own continuations, and papers that stand there twice."""
    found: dict[str, int] = {}
    twice = []
    for message in one.workspace.messages(root.channel, root.ts) or [root]:
        if not _key(message.metadata).startswith("daily/"):
            continue
        _, *pieces = _PAPER.split(str(message.blocks))
        for paper, after in zip(pieces[::2], pieces[1::2], strict=True):
            if paper in found:
                twice.append(paper)
            count = _VOTES.search(after)
            words = (count[1] or count[2]) if count else "0"
            found[paper] = int(words.replace(",", ""))
    return found, twice


def _digests(one: Month, wish: Subscription) -> Iterator[str]:
    """Each listing once, each paper once, and what the settled listing says."""
    name, before, times = wish.channel, set[str](), Counter[str]()
    keys = Counter(_key(m.metadata) for m in one.workspace.messages(name) if m.bot_id)
    yield from (f"{name}: {key} stands {n} times" for key, n in keys.items() if n > 1)
    anonymous = sum(
        bool(m.bot_id) and _key(m.metadata) == "None" for m in one.workspace.messages(name)
    )
    if anonymous:
        yield f"{name}: {anonymous} messages that nobody promised"
    posts = [(day, *_votes(one, root)) for root, day in _posts(one, name)]
    days = [day for day, _, _ in posts]
    if missing := [str(d) for d in one.days if str(d) not in days and not _excused(one, d)]:
        yield f"{name}: no digest of {', '.join(missing)}"
    for day, votes, twice in posts:
        times.update(votes.keys())
        times.update(twice)
        settled = {paper.id: paper.votes for paper in one.listings.settled(date.fromisoformat(day))}
        wanted = {paper: n for paper, n in settled.items() if paper not in before}
        kept = {paper: n for paper, n in votes.items() if paper in settled}
        if _settled_unseen(one, wish, date.fromisoformat(day)):
            wanted = {paper: n for paper, n in wanted.items() if paper in kept}
        if kept != wanted:
            yield f"{name} {day}: {_difference(kept, wanted)}"
        before |= votes.keys()
    yield from (f"{name}: {paper} shown {n} times" for paper, n in times.items() if n > 1)


def _excused(one: Month, day: date) -> bool:
    """A listing that could not be read while its source was down, before newer ones came."""
    down = one.plan.source_down
    if down is None:
        return False
    dark = (datetime.combine(one.days[0], datetime.min.time(), UTC) + timedelta(days=down)).date()
    return timedelta(0) <= dark - day <= timedelta(days=1)


def _settled_unseen(one: Month, wish: Subscription, day: date) -> bool:
    """A listing whose late papers came while the bot was thrown out of the channel."""
    out = one.plan.thrown_out
    if out is None or wish.channel != RESEARCH.id:
        return False
    return day == one.days[0] + timedelta(days=out - 1)


def _difference(found: dict[str, int], wanted: dict[str, int]) -> str:
    odd = {p: (found.get(p), wanted.get(p)) for p in found.keys() | wanted.keys()}
    return ", ".join(f"{p}: {a} ≠ {b}" for p, (a, b) in odd.items() if a != b)


def _answers(one: Month) -> Iterator[str]:
    """As many answers in each thread as questions, each with a key of its own."""
    asked = Counter((channel, root) for channel, root, _ in one.asked)
    for (channel, root), many in asked.items():
        keys = [
            key
            for message in one.workspace.messages(channel, root)
            if message.bot_id and (key := _key(message.metadata)).startswith("answer:")
        ]
        firsts = Counter(key for key in keys if key.endswith(":0"))
        if len(firsts) != many:
            yield f"{channel} {root}: {many} questions, {len(firsts)} answers"
        yield from (f"{channel} {root}: {k} stands {n} times" for k, n in firsts.items() if n > 1)


def _limits(one: Month) -> Iterator[str]:
    refused: Counter[tuple[str, str]] = Counter()
    last: dict[str, float] = {}
    for call in one.workspace.calls():
        answer = call.answer or {}
        if answer.get("error") in OUTSIDE_LIMITS:
            refused[(call.method, str(answer["error"]))] += 1
        if call.method == "chat.postMessage" and _key(call.args.get("metadata")).startswith(
            "daily/"
        ):
            ts, channel = float(answer.get("ts") or 0), str(call.args.get("channel"))
            if ts and 0 <= ts - last.get(channel, 0) < SPACING.total_seconds() - 0.1:
                yield f"{channel}: two messages within {ts - last[channel]:.2f} s"
            last[channel] = ts or last.get(channel, 0)
    yield from (f"{m} was refused {n} times: {e}" for (m, e), n in refused.items())


def _told(one: Month) -> Iterator[str]:
    """A source that was down, and a channel that threw the bot out, are told where it helps."""
    if one.reached(one.plan.source_down) and not any(
        _key(m.metadata).startswith("late/")
        for w in WISHES
        for m in one.workspace.messages(w.channel)
    ):
        yield "nobody was told that the source was down"
    if one.reached(one.plan.thrown_out):
        home = "D" + WISHES[1].subscribed_by[1:] if WISHES[1].subscribed_by else ""
        told = [m for m in one.workspace.messages(home) if _key(m.metadata).startswith("problem/")]
        if len(told) != 1:
            yield f"the subscriber was told {len(told)} times that the bot was thrown out"
