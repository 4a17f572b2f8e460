"""Summaries are cached, made many at a time, and fail one by one."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.languages import LANGUAGES, catalog
from bot.model.records import estimate_tokens
from bot.summaries import Summarizer
from bot.summaries import summarizer as summarizer_words
from bot.summaries.drafting import DROPPED
from bot.summaries.extractive import FOREIGN
from bot.summaries.source_texts import HIDDEN_INSTRUCTIONS
from storage import Fulltext, Paper, Passage, Storage, Summary
from storage.summaries import EXTRACTIVE
from tests.bot.summaries.conftest import MakeSummarizer, answer, asked_about, paper
from tests.model_server import ModelReply

PROBLEMS = (
    summarizer_words.BUDGET,
    summarizer_words.MODEL,
    summarizer_words.CHECKS,
    summarizer_words.NO_TEXT,
    summarizer_words.UNEXPECTED,
    summarizer_words.LATE,
)
WARNINGS = (FOREIGN, HIDDEN_INSTRUCTIONS, DROPPED)
Save = Callable[..., list[Paper]]


def test_a_model_makes_the_whole_record(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage, now: datetime
) -> None:
    summarizer, _ = make_summarizer(lambda _: ModelReply(answer()))
    (one,) = save(paper())
    summary = summarizer.ensure([one], "ko")[one.id]
    assert summary == storage.summaries.get(one.id, "ko")
    assert "98.5%" in summary.tldr
    assert [highlight.slot for highlight in summary.highlights] == ["new", "performance"]
    assert [section.slot for section in summary.sections] == ["method"]
    assert (summary.maker, summary.basis, summary.problem) == ("stub", "abstract", None)
    assert summary.made_at == now
    assert "Lantern을 제안하며" in (storage.papers.abstract(one.id, "ko") or "")


def test_what_is_stored_is_not_made_again_unless_asked(
    make_summarizer: MakeSummarizer, save: Save
) -> None:
    summarizer, server = make_summarizer(lambda _: ModelReply(answer()))
    papers = save(paper())
    summarizer.ensure(papers, "ko")
    summarizer.ensure(papers, "ko")
    assert len(server.requests) == 1
    summarizer.ensure(papers, "ko", again=True)
    assert len(server.requests) == 2


def test_another_model_makes_its_own(make_summarizer: MakeSummarizer, save: Save) -> None:
    first, _ = make_summarizer(lambda _: ModelReply(answer()))
    second, _ = make_summarizer(
        lambda _: ModelReply(answer(tldr="다른 요약입니다.")), model="other"
    )
    papers = save(paper())
    first.ensure(papers, "ko")
    assert second.ensure(papers, "ko")[papers[0].id].maker == "other"


def test_highlights_keep_the_passages_they_rest_on(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage, now: datetime
) -> None:
    highlight = {"slot": "new", "text": "라우터를 제안합니다.", "evidence": [0, 2, 99]}
    summarizer, server = make_summarizer(lambda _: ModelReply(answer(highlights=[highlight])))
    (one,) = save(paper())
    passages = [
        Passage(10, "Rankers are slow.", "1 Introduction"),
        Passage(11, "Lantern is a router.", "3 Method"),
    ]
    storage.fulltexts.save(Fulltext(one.id, 1, "html"), passages, now=now)
    summary = summarizer.ensure([one], "ko")[one.id]
    assert summary.highlights[0].passages == (11,)
    assert summary.basis == "fulltext"
    assert "[2] (3 Method) Lantern is a router." in server.requests[0]["messages"][1]["content"]


def test_one_failing_paper_leaves_the_others_alone(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage
) -> None:
    def reply(request: dict[str, Any]) -> ModelReply:
        if asked_about(request) == "Broken":
            return ModelReply(status=400, error="no")
        return ModelReply(answer())

    summarizer, _ = make_summarizer(reply)
    papers = save(*[paper(n, title="Broken" if n == 3 else f"Paper {n}") for n in range(10)])
    seen: list[str] = []
    made = summarizer.ensure(papers, "ko", progress=lambda paper_id, _: seen.append(paper_id))
    assert list(made) == [one.id for one in papers]
    assert sorted(seen) == sorted(made)
    broken = made[papers[3].id]
    assert (broken.maker, broken.problem) == (EXTRACTIVE, "model")
    assert broken.tldr
    assert {one.maker for one in made.values() if one is not broken} == {"stub"}
    assert storage.summaries.to_repair() == [(broken.paper_id, "ko")]


def test_a_failed_summary_is_repaired_when_it_can_be(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage
) -> None:
    answers = iter([ModelReply(status=401), ModelReply(status=401), ModelReply(answer())])
    summarizer, _ = make_summarizer(lambda _: next(answers))
    (one,) = save(paper())
    assert summarizer.ensure([one], "ko")[one.id].problem == "model"
    assert summarizer.repair() == []
    assert [summary.paper_id for summary in summarizer.repair()] == [one.id]
    assert storage.summaries.to_repair() == []


def test_a_spent_budget_makes_the_rest_extractive_and_says_so(
    make_summarizer: MakeSummarizer, save: Save
) -> None:
    summarizer, server = make_summarizer(
        lambda _: ModelReply(answer()), daily_budget_usd=0.000001, prices={"stub": (1.0, 1.0, 1.0)}
    )
    papers = save(paper(1), paper(2))
    made = summarizer.ensure(papers, "ko")
    assert {(one.maker, one.problem) for one in made.values()} == {(EXTRACTIVE, "budget")}
    assert server.requests == []


def test_making_again_never_replaces_a_good_summary_by_a_worse_one(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage
) -> None:
    answers = iter([ModelReply(answer()), ModelReply(status=401)])
    summarizer, _ = make_summarizer(lambda _: next(answers))
    (one,) = save(paper())
    good = summarizer.ensure([one], "ko")[one.id]
    assert summarizer.ensure([one], "ko", again=True)[one.id] == good
    assert storage.summaries.get(one.id, "ko") == good


def test_an_extractive_summary_is_made_anew_once_there_is_a_model(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage, now: datetime
) -> None:
    (one,) = save(paper())
    without = Summarizer(storage, None, None, lambda: now)
    assert without.ensure([one], "ko")[one.id].maker == EXTRACTIVE
    summarizer, _ = make_summarizer(lambda _: ModelReply(answer()))
    assert summarizer.ensure([one], "ko")[one.id].maker == "stub"
    # and stays when the model goes away again
    assert without.ensure([one], "ko")[one.id].maker == "stub"


def test_the_same_paper_asked_for_at_the_same_time_is_made_once(
    make_summarizer: MakeSummarizer, save: Save
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    summarizer, server = make_summarizer(lambda _: ModelReply(answer(), seconds=0.05))
    papers = save(paper())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: summarizer.ensure(papers, "ko"), range(4)))
    assert len(server.requests) == 1


def test_a_full_text_that_cannot_be_had_costs_only_itself(
    make_summarizer: MakeSummarizer, save: Save
) -> None:
    class Broken:
        def ensure(self, paper: Paper) -> Fulltext:
            raise RuntimeError("no network")

    summarizer, _ = make_summarizer(lambda _: ModelReply(answer()), fulltexts=Broken())
    (one,) = save(paper())
    assert summarizer.ensure([one], "ko")[one.id].maker == "stub"


def test_a_context_that_is_too_small_gets_fewer_passages(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage, now: datetime
) -> None:
    def reply(request: dict[str, Any]) -> ModelReply:
        if len(request["messages"][1]["content"]) > 15_000:
            error = "This model's maximum context length is 8192 tokens."
            return ModelReply(status=400, error=error, code="context_length_exceeded")
        return ModelReply(answer())

    summarizer, server = make_summarizer(reply)
    papers = save(paper(1), paper(2))
    for one in papers:
        passages = [Passage(n, "Rankers are slow. " * 60, f"{n} Method") for n in range(60)]
        storage.fulltexts.save(Fulltext(one.id, 1, "html"), passages, now=now)
    assert summarizer.ensure(papers[:1], "ko")[papers[0].id].maker == "stub"
    first = len(server.requests)
    assert first > 1
    summarizer.ensure(papers[1:], "ko")
    assert len(server.requests) == first + 1


def test_a_small_context_is_not_overfilled(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage, now: datetime
) -> None:
    summarizer, server = make_summarizer(lambda _: ModelReply(answer()), context_tokens=8192)
    (one,) = save(paper())
    passages = [Passage(n, "Rankers are slow. " * 60, f"{n} Method") for n in range(60)]
    storage.fulltexts.save(Fulltext(one.id, 1, "html"), passages, now=now)
    summarizer.ensure([one], "ko")
    (request,) = server.requests
    asked = sum(estimate_tokens(message["content"]) for message in request["messages"])
    assert 4000 < asked + request["max_tokens"] < 8192


def long_text(storage: Storage, paper_id: str, now: datetime) -> None:
    passages = [Passage(n, "Rankers are slow. " * 60, f"{n} Method") for n in range(60)]
    storage.fulltexts.save(Fulltext(paper_id, 1, "html"), passages, now=now)


def size(request: dict[str, Any]) -> int:
    return sum(estimate_tokens(message["content"]) for message in request["messages"])


def test_what_a_server_cut_off_unseen_is_not_said_to_rest_on_the_full_text(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage, now: datetime
) -> None:
    def reply(request: dict[str, Any]) -> ModelReply:
        return ModelReply(answer(), usage=(min(2048, size(request) * 3 // 4), 0, 50))

    summarizer, server = make_summarizer(reply)
    (one,) = save(paper())
    long_text(storage, one.id, now)
    summary = summarizer.ensure([one], "ko")[one.id]
    assert (summary.maker, summary.basis) == ("stub", "abstract")
    assert len(server.requests) == 2
    assert size(server.requests[-1]) + server.requests[-1]["max_tokens"] < 2048 + 500


@pytest.mark.parametrize("told", ["asks for 9000 tokens and a minute allows 6000", "send less"])
def test_a_request_that_is_too_large_is_made_to_fit(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage, now: datetime, told: str
) -> None:
    def reply(request: dict[str, Any]) -> ModelReply:
        if size(request) + request["max_tokens"] > 6000:
            return ModelReply(status=413, error=f"this request {told}", code="rate_limit_exceeded")
        return ModelReply(answer())

    summarizer, server = make_summarizer(reply)
    (one,) = save(paper())
    long_text(storage, one.id, now)
    summary = summarizer.ensure([one], "ko")[one.id]
    assert (summary.maker, summary.basis) == ("stub", "fulltext")
    assert len(server.requests) <= 4


@pytest.mark.parametrize("status", [400, 404, 413, 422, 500])
@pytest.mark.parametrize("words", ["the grammar made from this schema cannot be parsed", "no"])
def test_a_server_that_refuses_schemas_in_any_way_still_makes_summaries(
    make_summarizer: MakeSummarizer, save: Save, status: int, words: str
) -> None:
    def reply(request: dict[str, Any]) -> ModelReply:
        if request.get("response_format", {}).get("type") == "json_schema":
            return ModelReply(status=status, error=words)
        return ModelReply(answer())

    summarizer, server = make_summarizer(reply)
    papers = save(paper(1), paper(2))
    assert summarizer.ensure(papers[:1], "ko")[papers[0].id].maker == "stub"
    assert len(server.requests) <= 10
    before = len(server.requests)
    assert summarizer.ensure(papers[1:], "ko")[papers[1].id].maker == "stub"
    assert len(server.requests) == before + 1


def test_a_server_that_refuses_everything_costs_few_requests_and_no_paper(
    make_summarizer: MakeSummarizer, save: Save
) -> None:
    def reply(request: dict[str, Any]) -> ModelReply:
        name = next((one for one in request if one.startswith("max_")), "nothing")
        return ModelReply(status=400, error=f"no such argument here: {name}")

    summarizer, server = make_summarizer(reply)
    papers = save(*(paper(number) for number in range(1, 9)))
    summarizer.ensure(papers[:1], "ko")
    assert len(server.requests) <= 10
    before = len(server.requests)
    made = summarizer.ensure(papers[1:], "ko")
    assert {one.maker for one in made.values()} == {"extractive"}
    assert len(server.requests) == before + len(papers) - 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_of_which_only_the_title_is_known_waits_for_its_text(
    make_summarizer: MakeSummarizer, save: Save, language: str
) -> None:
    summarizer, server = make_summarizer(lambda _: ModelReply(answer()))
    (one,) = save(paper(abstract=""))
    summary = summarizer.ensure([one], language)[one.id]
    assert (summary.maker, summary.problem, summary.tldr) == (EXTRACTIVE, "no-text", one.title)
    assert server.requests == []


def test_a_paper_whose_abstract_comes_later_gets_its_summary_then(
    save: Save, storage: Storage, now: datetime
) -> None:
    summarizer = Summarizer(storage, None, None, lambda: now)
    (one,) = save(paper(abstract=""))
    assert summarizer.ensure([one], "en")[one.id].problem == "no-text"
    (one,) = save(paper())
    assert summarizer.ensure([one], "en")[one.id].problem is None


def test_every_word_for_a_problem_or_a_warning_has_its_texts() -> None:
    words = [f"summaries-problem-{one}" for one in PROBLEMS]
    words += [f"summaries-warning-{one}" for one in WARNINGS]
    for language in LANGUAGES:
        assert [one for one in words if not catalog(language).has(one)] == []


class Fetching:
    """A source of full texts that has one once it is told to."""

    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self.storage, self.clock, self.there = storage, clock, False

    def ensure(self, paper: Paper) -> Fulltext:
        fulltext = Fulltext(paper.id, 1, "html" if self.there else "none", fetched_at=self.clock())
        passages = [Passage(0, "Our router cannot handle other languages.", "6 Limitations")]
        self.storage.fulltexts.save(fulltext, passages if self.there else [], now=self.clock())
        return fulltext


def test_a_full_text_that_comes_later_makes_a_better_summary(
    save: Save, storage: Storage, now: datetime
) -> None:
    moment = [now]
    fetching = Fetching(storage, lambda: moment[0])
    summarizer = Summarizer(storage, None, fetching, lambda: moment[0])
    (one,) = save(paper())
    assert summarizer.ensure([one], "en")[one.id].basis == "abstract"
    moment[0] += timedelta(hours=1)
    assert summarizer.repair() == []
    fetching.there = True
    moment[0] += timedelta(hours=1)
    (better,) = summarizer.repair()
    assert "limitations" in {section.slot for section in better.sections}
    moment[0] += timedelta(hours=1)
    assert summarizer.repair() == []


def test_an_imported_summary_stays_unless_asked_for_again(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage, now: datetime
) -> None:
    summarizer, server = make_summarizer(lambda _: ModelReply(answer()))
    (one,) = save(paper())
    imported = Summary(one.id, "ko", "팀이 쓴 요약입니다.", maker="import", basis="import")
    storage.summaries.save(imported, now=now)
    assert summarizer.ensure([one], "ko")[one.id].maker == "import"
    assert server.requests == []
    assert summarizer.ensure([one], "ko", again=True)[one.id].maker == "stub"


def test_a_summary_that_is_late_has_a_stand_in_and_is_stored_when_it_comes(
    make_summarizer: MakeSummarizer, save: Save, storage: Storage
) -> None:
    over = threading.Event()

    def reply(request: dict[str, Any]) -> ModelReply:
        if asked_about(request) == "Slow":
            over.wait(60)
        return ModelReply(answer())

    summarizer, server = make_summarizer(reply)
    slow, quick = save(paper(1, title="Slow"), paper(2))
    limit = time.monotonic() + 2
    try:
        made = summarizer.ensure([slow, quick], "ko", until=limit)
        assert made[quick.id].problem is None
        assert (made[slow.id].maker, made[slow.id].problem) == (EXTRACTIVE, "late")
        assert made[slow.id].tldr
        assert storage.summaries.to_repair() == [(slow.id, "ko")]
        # Somebody else who wants it doesn't wait for the call that hangs, nor makes another.
        again = summarizer.ensure([slow], "ko", until=time.monotonic())
        assert again[slow.id].problem == "late"
        assert len(server.requests) == 2
    finally:
        over.set()
    repaired = summarizer.ensure([slow], "ko", until=time.monotonic() + 60)
    assert repaired[slow.id].problem is None
    assert storage.summaries.to_repair() == []
