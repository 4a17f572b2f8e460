"""Each thing that can go wrong is caused, told to the admins once, and told again when mended."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.actions import Members
from bot.actions.channels import Channels
from bot.actions.poster import Poster
from bot.actions.status import Status
from bot.delivery import Morning, Outbox, Pace, Scheduler
from bot.errors import BudgetSpentError, ModelError
from bot.model import Model, Prompt
from bot.net import HttpClient
from bot.operations import StoredGauges, Watch
from bot.settings import Settings
from bot.slack.client import SlackClient
from bot.sources.collector import Collector
from bot.sources.huggingface import HuggingFace
from bot.workspace import Message, Workspace
from bot.workspace.seed import ALICE, MINJI, RANDOM
from storage import Storage, Subscription
from tests.bot.delivery.fakes import FakeCollector, FakeSearch, FakeSummarizer, listing
from tests.fakes import FakeClock
from tests.model_server import ModelReply, ModelServer
from tests.replay import HuggingFaceReplay
from tests.shared_data import shared_data

# 09:00 in Seoul on a Tuesday.
DUE = datetime(2025, 3, 18, 0, 0, tzinfo=UTC)
ADMINS = (MINJI.id, ALICE.id)  # one speaks Korean, one English


class Watched:
    """A bot in a workspace, watched over for its two admins."""

    def __init__(self, storage: Storage, slack: Workspace) -> None:
        self.storage, self.slack = storage, slack
        self.clock = FakeClock(DUE)
        out = SlackClient.connect(slack.bot_token, slack.api_url)
        self.outbox = Outbox(storage, out, self.clock, pace=Pace(), sleep=self.clock.sleep)
        self._members = Members(storage, out, self.clock, default_language="ko")

    def look(self, *, disk_wanted: int = 0) -> None:
        """What happens each minute, three times over."""
        watch = Watch(
            self.storage,
            self.outbox.plan,
            self.clock,
            admins=ADMINS,
            language_of=self._members.language,
            disk_wanted=disk_wanted,
            timezone="Asia/Seoul",
        )
        for _ in range(3):
            watch.look()
            self.outbox.drain()
            self.clock.forward(minutes=1)

    def told(self, user: str) -> list[str]:
        """What an admin has read so far."""
        return [message.text for message in self.direct(user)]

    def direct(self, user: str) -> list[Message]:
        return self.slack.messages("D" + user[1:])

    def status(self, channel: str) -> str:
        poster = Poster(self.storage, self.outbox, self.clock)
        channels = Channels(self.storage, Settings(), poster)
        return Status(self.storage, Settings(), channels, self.clock).message(channel, "en").text


@pytest.fixture
def watched(storage: Storage) -> Iterator[Watched]:
    with Workspace() as workspace:
        yield Watched(storage, workspace)


def test_nothing_is_told_while_nothing_is_wrong(watched: Watched) -> None:
    watched.look()
    assert watched.told(MINJI.id) == []
    assert watched.told(ALICE.id) == []
    assert "Last heartbeat" in watched.status(RANDOM.id)
    assert "Problems" not in watched.status(RANDOM.id)


def test_a_digest_that_slack_refuses_is_late_until_the_bot_is_invited(watched: Watched) -> None:
    storage, clock = watched.storage, watched.clock
    wish = Subscription(
        channel=RANDOM.id,
        sources=("huggingface",),
        time=time(9, 0),
        timezone="Asia/Seoul",
        weekdays=(0, 1, 2, 3, 4),
        language="en",
        style="brief",
    )
    storage.subscriptions.save(wish, now=DUE - timedelta(days=9))
    collector = FakeCollector(storage, clock)
    collector.days[date(2025, 3, 17)] = listing(1)
    summarizer = FakeSummarizer(storage, clock)
    morning = Morning(storage, collector, summarizer, FakeSearch(), watched.outbox, clock)
    scheduler = Scheduler(morning, storage, clock)

    scheduler.run_due(RANDOM.id, DUE)
    watched.outbox.drain()
    clock.now = DUE + timedelta(minutes=31)
    watched.look()
    (korean,) = watched.told(MINJI.id)
    (english,) = watched.told(ALICE.id)
    assert "3월 18일 (화) 09:00" in korean
    assert f"The digest for <#{RANDOM.id}>, due Tue, Mar 18 09:00, is late" in english
    assert "not_in_channel" in english
    assert "this channel's digest is late" in watched.status(RANDOM.id)
    assert "digest is late" not in watched.status("C0DAILY001")

    watched.slack.invite(RANDOM.id)
    watched.outbox.revive(RANDOM.id)
    watched.outbox.drain()
    watched.look()
    assert len(watched.told(MINJI.id)) == 2
    assert "is no longer late" in watched.told(ALICE.id)[1]


def test_a_source_that_fails_for_a_day_is_told_and_its_return_too(watched: Watched) -> None:
    storage, clock = watched.storage, watched.clock

    class NoPapers:
        name = "arxiv"

        def papers(self, ids: object) -> list[object]:
            return []

    http = HttpClient(user_agent="test", retries=0, private_hosts=("127.0.0.1",))

    def collect(url: str) -> None:
        source = {"huggingface": HuggingFace(http, url)}
        collector = Collector(storage, source, NoPapers(), clock)  # type: ignore[arg-type]
        collector.collect_day("huggingface", date(2025, 3, 17))

    for hours in (0, 12, 23):
        clock.now = DUE + timedelta(hours=hours)
        collect("http://127.0.0.1:9")
        watched.look()
    assert watched.told(ALICE.id) == []
    clock.now = DUE + timedelta(hours=24)
    collect("http://127.0.0.1:9")
    watched.look()
    (told,) = watched.told(ALICE.id)
    assert "Hugging Face has not responded since Tue, Mar 18 09:00" in told
    assert "Hugging Face has not responded for more than a day" in watched.status(RANDOM.id)
    with HuggingFaceReplay(shared_data("hf_daily/same_day")) as server:
        collect(server.base_url)
    watched.look()
    assert watched.told(ALICE.id)[1:] == ["Hugging Face is responding again."]
    http.close()


def test_a_spent_budget_is_told_and_the_new_day_too(watched: Watched) -> None:
    with ModelServer(lambda _: ModelReply("x")) as server:
        model = Model.from_settings(
            Settings(
                openai_base_url=server.url,
                model="stub",
                daily_budget_usd=0.01,
                prices={"stub": (0.0, 0.0, 1000.0)},
            ),
            watched.storage,
            watched.clock,
        )
        assert model is not None
        for _ in range(2):
            with pytest.raises(BudgetSpentError):
                model.complete(Prompt(system="", user="hello"), max_tokens=50)
        model.close()
    watched.look()
    (told,) = watched.told(ALICE.id)
    assert "budget is used up" in told
    watched.clock.now = DUE + timedelta(hours=23, minutes=50)
    watched.look()
    assert len(watched.told(ALICE.id)) == 1
    watched.clock.now = DUE + timedelta(days=1, minutes=1)
    watched.look()
    assert len(watched.told(ALICE.id)) == 2


def test_an_account_without_credit_is_told_and_its_mending_too(watched: Watched) -> None:
    answers = iter([ModelReply(status=402, error="no credit"), ModelReply("x")])
    with ModelServer(lambda _: next(answers)) as server:
        settings = Settings(openai_base_url=server.url, model="stub")
        model = Model.from_settings(settings, watched.storage, watched.clock)
        assert model is not None
        with pytest.raises(ModelError):
            model.complete(Prompt(system="", user="hello"))
        watched.look()
        assert "no credit left" in watched.told(ALICE.id)[0]
        assert "has no credit" in watched.status(RANDOM.id)
        model.complete(Prompt(system="", user="hello"))
        model.close()
    watched.look()
    assert watched.told(ALICE.id)[1:] == ["The model is responding again."]


def test_a_disk_with_less_room_than_wished_for_is_told_and_its_mending_too(
    watched: Watched,
) -> None:
    watched.look(disk_wanted=10**18)
    (told,) = watched.told(ALICE.id)
    assert "MB left" in told
    assert "the disk is nearly full" in watched.status(RANDOM.id)
    watched.look(disk_wanted=1)
    assert watched.told(ALICE.id)[1:] == ["The disk with the database has free space again."]


def test_two_processes_tell_an_incident_once(watched: Watched) -> None:
    watched.look(disk_wanted=10**18)
    second = Watched(watched.storage, watched.slack)
    second.look(disk_wanted=10**18)
    assert len(watched.told(ALICE.id)) == 1


def test_the_numbers_hold_no_text_and_no_id(watched: Watched, tmp_path: Path) -> None:
    watched.look(disk_wanted=10**18)
    watched.storage.questions.record(
        key="k",
        channel="C0SECRET",
        thread_ts="1",
        ts="1",
        user=MINJI.id,
        text="a private question",
        language="en",
        now=DUE,
    )
    families = list(StoredGauges(watched.storage, lambda: {"mornings": 2}).collect())
    samples = {
        (one.name, *one.labels.values()): one.value for family in families for one in family.samples
    }
    assert samples["paperboy_deliveries", "posted"] == 2
    assert samples["paperboy_questions", "recorded"] == 1
    assert samples["paperboy_incidents", "disk-full"] == 1
    assert samples["paperboy_queue_length", "mornings"] == 2
    assert samples[("paperboy_heartbeat_timestamp_seconds",)] > DUE.timestamp()
    assert samples[("paperboy_database_bytes",)] > 10_000
    shown = repr(samples)
    assert MINJI.id not in shown
    assert "C0SECRET" not in shown
    assert "private" not in shown
