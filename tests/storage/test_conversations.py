"""Threads, turns, questions and events."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from storage import QuestionState, Storage, Thread, Turn

LEASE = timedelta(minutes=5)


def ask(storage: Storage, key: str, now: datetime) -> int | None:
    return storage.questions.record(
        key=key,
        channel="C1",
        thread_ts="1.0",
        ts="1.1",
        user="U1",
        text="한계는?",
        language="ko",
        now=now,
    )


def test_a_question_that_comes_twice_is_recorded_once(storage: Storage, now: datetime) -> None:
    first = ask(storage, "Ev1", now)
    assert first is not None
    assert ask(storage, "Ev1", now) is None
    assert storage.counts()["questions"] == 1


def test_of_many_workers_one_gets_the_question(storage: Storage, now: datetime) -> None:
    question = ask(storage, "Ev1", now)
    assert question is not None

    def claim(owner: int) -> bool:
        return storage.questions.claim(question, owner=str(owner), now=now, lease=LEASE) is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim, range(32))) == 1


def test_a_question_whose_worker_died_is_taken_over(storage: Storage, now: datetime) -> None:
    question = ask(storage, "Ev1", now)
    assert question is not None
    storage.questions.claim(question, owner="dead", now=now, lease=LEASE)
    assert storage.questions.unfinished(now=now) == []
    later = now + LEASE
    assert storage.questions.unfinished(now=later) == [question]
    taken = storage.questions.claim(question, owner="alive", now=later, lease=LEASE)
    assert taken is not None
    assert taken.attempts == 2


def test_a_parked_question_goes_on_once_with_the_choice(storage: Storage, now: datetime) -> None:
    question = ask(storage, "Ev1", now)
    assert question is not None
    storage.questions.claim(question, owner="one", now=now, lease=LEASE)
    storage.questions.ask_back(question)
    assert storage.questions.unfinished(now=now) == []
    assert storage.questions.resume(question, ["2503.14476"])
    assert not storage.questions.resume(question, ["2503.14456"])
    stored = storage.questions.get(question)
    assert stored is not None
    assert (stored.state, stored.paper_ids) == (QuestionState.RECORDED, ("2503.14476",))


def test_turns_are_kept_once_and_come_oldest_first(storage: Storage, now: datetime) -> None:
    for ts in ("1.1", "1.2", "1.2", "1.3"):
        storage.threads.add_turn(Turn("C1", "1.0", ts, "U1", f"said {ts}", now, ("2",)))
    turns = storage.threads.turns("C1", "1.0", limit=2)
    assert [turn.ts for turn in turns] == ["1.2", "1.3"]
    assert turns[0].paper_ids == ("2",)


def test_a_thread_is_known_by_channel_and_root(storage: Storage, now: datetime) -> None:
    storage.threads.save(Thread("C1", "1.0", "open"), now=now)
    assert storage.threads.get("C1", "1.0") == Thread("C1", "1.0", "open")
    assert storage.threads.get("C2", "1.0") is None


def test_an_event_is_new_once(storage: Storage, now: datetime) -> None:
    assert storage.events.claim("Ev1", now=now)
    assert not storage.events.claim("Ev1", now=now)
    storage.events.forget_old(now=now + timedelta(days=4))
    assert storage.events.claim("Ev1", now=now)
