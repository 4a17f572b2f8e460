"""Comparing two states of a listing."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.sources.changes import DayState, changes_between
from storage import Paper

DAY = date(2025, 3, 19)
DAPO = Paper(id="2503.14476", title="DAPO", version=1)
RWKV = Paper(id="2503.14456", title="RWKV-7", code_url="https://github.com/RWKV/RWKV-LM")


def state(*papers: tuple[Paper, int]) -> DayState:
    return DayState(
        day=DAY,
        votes={paper.id: votes for paper, votes in papers},
        papers={paper.id: paper for paper, _ in papers},
    )


def test_the_same_state_is_no_change() -> None:
    same = state((DAPO, 15), (RWKV, 56))
    assert not changes_between(same, same)


def test_late_papers_and_new_votes_are_told_apart() -> None:
    changes = changes_between(state((RWKV, 56)), state((DAPO, 34), (RWKV, 78)))
    assert changes
    assert changes.new_papers == (DAPO.id,)
    assert changes.votes_changed == {RWKV.id: (56, 78)}


def test_a_code_link_that_appears_is_told_and_one_that_was_there_is_not() -> None:
    linked = replace(DAPO, code_url="https://github.com/BytedTsinghua-SIA/DAPO")
    changes = changes_between(state((DAPO, 15), (RWKV, 56)), state((linked, 15), (RWKV, 56)))
    assert changes.code_links == {DAPO.id: "https://github.com/BytedTsinghua-SIA/DAPO"}


def test_a_higher_version_is_new_and_a_first_known_one_is_not() -> None:
    before = state((DAPO, 15), (RWKV, 56))
    after = state((replace(DAPO, version=2), 15), (replace(RWKV, version=3), 56))
    assert changes_between(before, after).new_versions == {DAPO.id: 2}
    assert changes_between(after, before).new_versions == {}


def test_a_withdrawal_is_told_once() -> None:
    gone = state((replace(DAPO, withdrawn_at=datetime(2025, 4, 1, tzinfo=UTC)), 15))
    assert changes_between(state((DAPO, 15)), gone).withdrawn == (DAPO.id,)
    assert changes_between(gone, gone).withdrawn == ()


def test_a_paper_that_is_new_brings_no_other_news() -> None:
    linked = replace(DAPO, version=4, code_url="https://github.com/x/y")
    changes = changes_between(state(), state((linked, 15)))
    assert changes.new_papers == (DAPO.id,)
    assert (changes.votes_changed, changes.code_links, changes.new_versions) == ({}, {}, {})


def test_a_problem_alone_is_no_change() -> None:
    changes = changes_between(state(), state(), problem="huggingface.co answered 503")
    assert not changes
    assert changes.problem == "huggingface.co answered 503"
    assert changes_between(state(), state(), problem="").problem is None
