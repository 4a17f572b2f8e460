"""Everything that Paperboy shows in Slack, to be drawn from any number of papers with any titles.

A new surface gets a line in `SURFACES`; `tests/test_surfaces.py` finds the ones that lack it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast

from bot.actions import OpenedThread
from bot.actions.forgetting import Forgetting
from bot.actions.learned import Learned
from bot.actions.links import unfurled
from bot.actions.search import search_view
from bot.answers import evidence_view, render_answer
from bot.answers.records import Answer, Citation, Resolution
from bot.delivery.news import news_texts
from bot.delivery.problems import given_up_message, problem_message
from bot.delivery.rewriting import late_papers
from bot.digests import DigestContent, Notice, Week, paper_card, render_digest
from bot.digests.content import Claim, WeekText
from bot.digests.layout import empty_day, empty_digest, late_day, nothing_new
from bot.digests.lists import choose_message, nothing_collected, shared_message
from bot.digests.localisation import Localisation
from bot.digests.styles import daily_styles
from bot.digests.trends import Trend
from bot.errors import BudgetSpentError, InputError, ModelError, SlackError, SourceError
from bot.languages import BOTH, LANGUAGES
from bot.operations.alarms import (
    BUDGET_SPENT,
    DIGEST_LATE,
    DISK_FULL,
    MODEL_REFUSES,
    SOURCE_DOWN,
    Alarm,
)
from bot.operations.words import begun as alarm_begun
from bot.operations.words import mended as alarm_mended
from bot.questions.worker import brought_back, with_unknown_numbers
from bot.questions.writer import AnswerWriter
from bot.services import Services
from bot.slack.blocks import Message, one_paragraph, plain_message
from bot.slack.blocks.plainer import fitting, next_step
from bot.slack.error_text import error_text
from bot.workspace import validate_blocks
from handlers import replies
from handlers.commands.base import Request
from handlers.commands.help import COMMAND as HELP
from handlers.commands.registry import discover
from storage import (
    ListingDay,
    ListingEntry,
    Note,
    Paper,
    PaperNews,
    Plainness,
    Question,
    QuestionState,
    Storage,
    Subscription,
)
from tests.bot.actions.conftest import Room
from tests.bot.digests.samples import DAY, NOW, content, summary
from tests.fakes import FakeSlack

View = Mapping[str, Any]
CHANNEL, USER = "C1", "U0SHARER"
LONG = "강화 학습 & <!channel> *bold* \u202e " * 90
FULL = 12


@dataclass(frozen=True)
class Stock:
    """What there is to show, in a digest and in a database."""

    digest: DigestContent
    room: Room

    @property
    def papers(self) -> Sequence[Paper]:
        """All papers, those of the digest first."""
        return [*(one.paper for one in self.digest.entries), *self.digest.rest]

    @property
    def title(self) -> str:
        """The longest title."""
        return max((one.title for one in self.papers), key=len, default=LONG)

    @property
    def subscription(self) -> Subscription:
        """The channel's wish."""
        found = self.room.storage.subscriptions.get(CHANNEL)
        assert found is not None
        return found

    def in_language(self, language: str) -> DigestContent:
        """The digest with the summaries of a language, or of both."""
        first = "en" if language == "en" else "ko"
        entries = tuple(
            replace(
                one,
                summary=replace(one.summary, language=first) if one.summary else None,
                others=(replace(one.summary, language="en"),)
                if one.summary and language == "both"
                else (),
            )
            for one in self.digest.entries
        )
        return replace(self.digest, language=language, entries=entries)


def stock(
    storage: Storage,
    count: int,
    titles: tuple[str, ...],
    text: str | None,
    given: Mapping[str, object] | None = None,
) -> Stock:
    """*count* papers, the first twelve with summaries; stored, saved, noted and subscribed to.
    *given* are fields of all of them."""
    shown = min(count, FULL)
    digest = content(shown, rest=count - shown, titles=titles, text=text, given=given)
    made = Stock(digest, Room(storage))
    papers = made.papers
    storage.papers.save(papers, now=NOW)
    entries = [ListingEntry(one.id, rank, one.votes) for rank, one in enumerate(papers, start=1)]
    storage.listings.save("huggingface", DAY, entries, settled=True, now=NOW)
    made.room.index.index([one.id for one in papers])
    wish = made.room.actions.channels.subscription(CHANNEL)
    topics = tuple(titles[:8]) or ("agents",)
    storage.subscriptions.save(replace(wish, active=True, topics=topics), now=NOW)
    for one in papers:
        storage.library.save(USER, one.id, now=NOW)
        for language in LANGUAGES:
            storage.summaries.save(summary(one.id, language, text=text), now=NOW)
        for number in range(6):
            note = f"{number} {text or 'A thought.'} {LONG}"
            storage.notes.add(Note(one.id, USER, note, "slack", NOW + timedelta(hours=number)))
    return made


def _week(held: Stock, language: str) -> Iterable[Message]:
    papers = tuple(held.papers)
    counts, totals = (1, 2, 3, len(papers)), (40, 50, 60, len(papers))
    trends = [Trend(one, True, counts, totals, papers) for one in (LONG, "agents", "speech")]
    claims = tuple(Claim(text, papers[:6]) for text in (LONG[:500], "Two of them agree."))
    told = WeekText(language, (claims, claims, claims), "a-model")
    digest = replace(
        held.in_language(language),
        kind="weekly",
        style="weekly",
        period="2025-W12",
        first_day=Week(2025, 12).first,
        listed=len(papers),
        weeks=tuple(Week(2025, number) for number in (9, 10, 11, 12)),
        told=(told,) if papers else (),
        trends=tuple(trends) if papers else (),
    )
    for message in render_digest(digest):
        yield from _in_every_form(message)
    yield from held.room.actions.listings.week("2025-W12", language)


def _answers(held: Stock, language: str) -> Iterable[Message]:
    text = " ".join(one.title for one in held.papers[:FULL]) or "Nothing."
    rows = "\n".join(f"| {n} | {one.title} |" for n, one in enumerate(held.papers, start=1))
    cited = tuple(
        Citation(n, one.id, one.title, one.title, f"https://arxiv.org/abs/{one.id}")
        for n, one in enumerate(held.papers[:FULL], start=1)
    )
    table = f"| no. | title |\n|---|---|\n{rows}\n\nmore\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    for body in (f"{text} [1]\n\n- **{text[:500]}**", table, "> " + text):
        answer = Answer(body, True, "gpt-5-mini", cited, tuple(one.paper_id for one in cited))
        yield from render_answer(answer, language, question_id=7)
    yield from render_answer(Answer(text, False, "extractive"), language, question_id=7)
    state = QuestionState.WORKING
    asked = Question(7, "k", CHANNEL, "1.0", "1.0", USER, held.title, language, state, NOW)
    for given in (Answer(text, True, "gpt-5-mini", cited), None):
        yield from brought_back(asked, given)


def _drafts(held: Stock, language: str) -> Iterable[Message]:
    """What a writer shows where Slack has no streams, and once it was stopped."""
    slack, clock = FakeSlack(streaming=False), held.room.clock
    state = QuestionState.WORKING
    asked = Question(7, "k", CHANNEL, "1.0", "1.0", USER, "?", language, state, NOW)
    writer = AnswerWriter(
        slack,
        asked,
        clock=clock,
        sleep=clock.sleep,
        keep_ts=lambda _ts: None,
        may_go_on=lambda: True,
    )
    for one in [*held.papers[:FULL], *held.papers[:1], *held.papers[:1]]:
        writer.text(f"{one.title} {LONG}")
        clock.forward(minutes=1)
        for post in slack.posts:
            yield Message(post.text, tuple(post.payload["blocks"]))
    writer.stopped()
    for post in slack.posts:
        yield Message(post.text, tuple(post.payload["blocks"]))


def _menus(held: Stock, language: str) -> Iterable[Message]:
    candidates = [(n, one) for n, one in enumerate(held.papers, start=1)]
    menu = choose_message(candidates, language, question_id=7)
    yield menu
    about = Resolution(candidates=tuple(candidates), unknown_numbers=(99, 100))
    yield with_unknown_numbers(menu, about, language)


def _cards(held: Stock, language: str) -> Iterable[Message]:
    digest = held.in_language(language)
    for entry in digest.entries:
        yield from _in_every_form(paper_card(entry, language, listed_on=digest.day))


def _in_every_form(message: Message) -> Iterable[Message]:
    """The message, and what is left of it when Slack refuses its special blocks."""
    yield message
    payload = message.payload()
    while (step := next_step(payload)) not in (None, Plainness.TEXT_ALONE):
        payload = fitting(payload, step)
        yield Message(message.text, tuple(payload["blocks"]))


def _of_papers(*whats: str) -> Callable[[Stock, str], Iterable[Message]]:
    def draw(held: Stock, language: str) -> Iterable[Message]:
        for one in held.papers[:FULL]:
            for what in whats:
                yield held.room.actions.cards.menu(what, CHANNEL, one.id, USER, language)

    return draw


def _shown(held: Stock, language: str) -> Iterable[Message]:
    for one in held.papers[:FULL]:
        yield held.room.actions.cards.show(CHANNEL, one.id, language)
        yield held.room.actions.notes.show(CHANNEL, one.id, language)


def _news(held: Stock, language: str) -> Iterable[Message]:
    for one in held.papers[:FULL]:
        for withdrawn in (True, False):
            told = PaperNews(CHANNEL, "1.0", one.id, 3, "https://github.com/a/b", withdrawn)
            for _, text in news_texts(told, one, Localisation(language)):
                yield one_paragraph(text)


def _late(held: Stock, language: str) -> Iterable[Message]:
    digest = held.in_language(language)
    yield late_papers(digest, digest.entries)


def _nothing(_held: Stock, language: str) -> Iterable[Message]:
    yield empty_day(DAY, language, notices=(Notice.BUDGET_SPENT,))
    yield late_day(DAY, language)
    yield nothing_new(DAY, language)
    week = replace(
        content(0, language=language), kind="weekly", style="weekly", period="2025-W12", entries=()
    )
    yield empty_digest(week)
    yield empty_digest(replace(week, unread=(ListingDay("huggingface", DAY),)))
    yield nothing_collected("en" if language == "both" else language)


def _problems(held: Stock, language: str) -> Iterable[Message]:
    wish = replace(held.subscription, language=language)
    for code in ("is_archived", "not_in_channel", "restricted_action", "invalid_auth", "odd<code>"):
        yield problem_message(wish, code)
        yield given_up_message(CHANNEL, code, language)


def _errors(held: Stock, language: str) -> Iterable[Message]:
    for error in (
        InputError("x", message_id="errors-unknown-paper", paper=held.title),
        SourceError("x"),
        ModelError("x"),
        BudgetSpentError("x"),
        SlackError("chat.postMessage", code="invalid_blocks"),
    ):
        yield plain_message(error_text(error, language))


def _replies(held: Stock, language: str) -> Iterable[Message]:
    yield replies.thread_message(
        OpenedThread("C1", "1.0", "https://a.slack.com/archives/C1/p1", is_new=True), language
    )
    services = cast(Services, None)  # help asks nothing of them
    request = Request("", CHANNEL, USER, language, reply=lambda _messages: True)
    yield from HELP.run(request, services).messages
    for typed in ("tody", "zzzz", LONG, *(one.title for one in held.papers[:FULL])):
        yield from discover().unknown(replace(request, text=typed)).messages


def _lists(held: Stock, language: str) -> Iterable[Message]:
    actions = held.room.actions
    for page in (0, 1, 5):
        shown = actions.listings.today(CHANNEL, language, page=page)
        yield shown
        yield replies.with_share_button(shown, "today", language)
        yield shared_message(shown, "U0SHARER", language)
        yield actions.listings.day(CHANNEL, DAY.isoformat(), language, page=page)
        yield actions.saved.show(USER, language, page=page)
    for kind in ("bibtex", "csl", "markdown"):
        yield from actions.saved.export(USER, kind, language)
    for query in ("paper", LONG, *(one.title[:200] for one in held.papers[:FULL:4])):
        with suppress(InputError):  # no words at all
            yield actions.search.find(query, language)


def _status(held: Stock, language: str) -> Iterable[Message]:
    actions = held.room.actions
    yield actions.status.message(CHANNEL, language)
    yield actions.status.message("C-unknown", language)
    yield actions.subscriptions.preview(held.subscription, language)
    offer = actions.links.offer(CHANNEL, "see https://arxiv.org/abs/2503.99999", language)
    assert offer is not None
    yield offer[1]


def _links(held: Stock, language: str) -> Iterable[Message]:
    for entry in held.in_language(language).entries:
        if entry.summary:
            blocks = unfurled(entry.paper, entry.summary, language)
            assert not validate_blocks(blocks, "unfurl")
            yield Message("under a link", tuple(blocks))


def _sharing(held: Stock, language: str) -> Iterable[Message]:
    """What is posted in another channel; posted twice, since the second time it is a reply."""
    before = len(held.room.slack.posts)
    channel = f"C{before}"  # one that has no threads yet
    for one in held.papers[:FULL]:
        for comment in (LONG[:500], "once more"):
            key = f"{language}{one.id}{comment[:1]}"
            held.room.actions.sharing.share(
                one.id, channel, user=USER, comment=comment, language=language, key=key
            )
    for post in held.room.slack.posts[before:]:
        yield Message(post.text, tuple(post.payload["blocks"]))


def _alarms(held: Stock, language: str) -> Iterable[Message]:
    for kind in (DIGEST_LATE, SOURCE_DOWN, BUDGET_SPENT, DISK_FULL, MODEL_REFUSES):
        alarm = Alarm(kind, CHANNEL, NOW, held.title[:500])
        yield alarm_begun(alarm, language, timezone="Asia/Seoul")
        yield alarm_mended(kind, CHANNEL, language)


def _announcements(held: Stock, language: str) -> Iterable[Message]:
    before = len(held.room.slack.posts)
    wish = replace(held.subscription, language=language)
    held.room.actions.subscriptions.subscribe(wish, "U0SHARER")
    for post in held.room.slack.posts[before:]:
        yield Message(post.text, tuple(post.payload["blocks"]))


def _home(held: Stock, language: str) -> Iterable[View]:
    yield held.room.actions.home.view(USER, language)
    yield held.room.actions.home.view("U-new", language)


def _modals(held: Stock, language: str) -> Iterable[View]:
    actions = held.room.actions
    wish = held.subscription
    yield actions.subscriptions.view(CHANNEL, language, zone="America/New_York")
    yield actions.subscriptions.preview_view(wish, language, ["?"])
    yield actions.subscriptions.view(
        CHANNEL, language, draft=replace(wish, count=50), is_whole=True
    )
    yield search_view(language)
    yield search_view(language, query=LONG, found=actions.search.find("paper", language))
    yield actions.question_form.view(CHANNEL, "1.0", "no link", language)
    for one in held.papers[:FULL]:
        link = f"https://arxiv.org/abs/{one.id}"
        yield actions.question_form.view(CHANNEL, "1.0", link, language)
        yield actions.notes.view_of_message(CHANNEL, "1.0", link, language, user=USER, text=LONG)
        yield actions.corrections.view(one.id, language, channel=CHANNEL, user=USER)
        yield actions.sharing.view(one.id, language)
        yield actions.sharing.view(
            one.id, language, channel=CHANNEL, comment=LONG[:500], problem=LONG[:300]
        )
        yield actions.sharing.progress_view(one.id, language, "posted")
    often = [one for _ in range(5) for one in held.papers[:FULL]]
    cited = tuple(
        Citation(n, one.id, one.title, one.title.strip() or "-", f"https://arxiv.org/abs/{one.id}")
        for n, one in enumerate(often, start=1)
    )
    yield evidence_view(Answer("text [1]", True, "gpt-5-mini", cited), language)


def _own_data(held: Stock, language: str) -> Iterable[View]:
    """Deleted in a team of its own, since all surfaces are drawn from one stock."""
    yield held.room.actions.forgetting.view(USER, language)
    yield held.room.actions.forgetting.waiting_view(language)
    other = held.room.storage.of_team(f"T{language}")
    for one in held.papers:
        other.library.save(USER, one.id, now=NOW)
    forgetting = Forgetting(other)
    yield forgetting.forget(USER, language)
    yield forgetting.view(USER, language)


def _digests(style: str) -> Callable[[Stock, str], Iterable[Message]]:
    return lambda held, language: render_digest(replace(held.in_language(language), style=style))


def _learned(held: Stock, language: str) -> Iterable[Message | View]:
    """A member's own digest, and the page of what it learned, in a team of their own."""
    other = held.room.storage.of_team(f"L{language}")
    wish = replace(held.subscription, channel="D1", subscribed_by=USER)
    other.subscriptions.save(wish, now=NOW)
    for number, one in enumerate(held.papers):
        kind = "more" if number % 2 else "unwanted"
        other.library.signal("D1", user=USER, paper_id=one.id, kind=kind, now=NOW)
    yield Learned(other, lambda: NOW).view(USER, language)
    told = held.in_language(language)
    entries = tuple(
        replace(one, is_own=True, like=one.paper, sources=("huggingface", "arxiv:cs.CL"))
        for one in told.entries
    )
    yield from render_digest(replace(told, entries=entries, left_out=300, style="brief"))


TWO, THREE = LANGUAGES, (*LANGUAGES, BOTH)
Draw = Callable[[Stock, str], Iterable[Message | View]]
SURFACES: Mapping[str, tuple[Draw, Sequence[str]]] = {
    **{f"digest {style}": (_digests(style), THREE) for style in daily_styles()},
    "cards": (_cards, THREE),
    "week": (_week, TWO),
    "late papers": (_late, THREE),
    "news of a paper": (_news, THREE),
    "nothing to list": (_nothing, THREE),
    "channel problems": (_problems, THREE),
    "lists": (_lists, TWO),
    "paper and notes": (_shown, TWO),
    "menu of a card": (_of_papers("abstract", "related", "bibtex", "more", "unwanted"), TWO),
    "status, preview, offer": (_status, TWO),
    "under links": (_links, TWO),
    "shared with another channel": (_sharing, TWO),
    "alarms to admins": (_alarms, TWO),
    "announcements": (_announcements, THREE),
    "answers": (_answers, TWO),
    "unfinished answers": (_drafts, TWO),
    "which paper": (_menus, TWO),
    "help and replies": (_replies, TWO),
    "errors": (_errors, TWO),
    "home": (_home, TWO),
    "modals": (_modals, TWO),
    "own data": (_own_data, TWO),
    "own digest": (_learned, TWO),
}
