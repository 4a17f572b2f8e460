"""How many at a time, how many a minute."""

import math
import time
from concurrent.futures import ThreadPoolExecutor

from bot.model import Prompt
from bot.model.limits import CallQueue, Gate
from tests.bot.model.conftest import FakeTime, MakeModel
from tests.model_server import ModelReply

QUESTION = Prompt(system="", user="What is asked?")
PROMPT = Prompt(system="", user="Say hello.")


def gate(fake_time: FakeTime, *, per_minute: int | None) -> Gate:
    return Gate(
        concurrency=4,
        per_minute=per_minute,
        monotonic=fake_time.monotonic,
        sleep=fake_time.sleep,
    )


def test_no_more_calls_at_a_time_than_set(make_model: MakeModel) -> None:
    model, server = make_model(lambda _: ModelReply("x", seconds=0.03), concurrency=3)
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda _: model.complete(PROMPT), range(12)))
    assert server.most_at_once == 3


def test_no_more_calls_a_minute_than_set(fake_time: FakeTime) -> None:
    limited = gate(fake_time, per_minute=3)
    for _ in range(7):
        with limited.place():
            fake_time.now += 1.0
    # Three in the first minute from 0 s, three in the second, and one in the third.
    assert fake_time.now - 1000.0 >= 121.0
    assert len(fake_time.sleeps) == 2


def test_without_a_limit_nobody_waits(fake_time: FakeTime) -> None:
    limited = gate(fake_time, per_minute=None)
    for _ in range(100):
        with limited.place():
            pass
    assert fake_time.sleeps == []


def test_a_pause_holds_for_everybody(fake_time: FakeTime) -> None:
    limited = gate(fake_time, per_minute=None)
    limited.pause(30.0)
    limited.pause(5.0)
    with limited.place():
        pass
    assert fake_time.sleeps == [30.0]


def line(*, places: int = 1, per_minute: int | None = None) -> CallQueue:
    return CallQueue(places=places, per_minute=per_minute)


def test_a_person_goes_before_fifty_summaries() -> None:
    queue = line()
    first, *waiting = [queue.join(for_people=False) for _ in range(50)]
    assert queue.enter(first, 0.0) == 0.0
    person = queue.join(for_people=True)
    queue.leave()
    assert queue.enter(waiting[0], 1.0) == math.inf
    assert queue.enter(person, 1.0) == 0.0
    queue.leave()
    assert queue.enter(waiting[0], 2.0) == 0.0


def test_people_are_served_in_their_order_and_so_is_the_rest() -> None:
    queue = line(places=6)
    tickets = [(queue.join(for_people=number % 2 == 1), number) for number in range(6)]
    got_in: list[int] = []
    while tickets:
        ticket, number = next(one for one in tickets if queue.enter(one[0], 0.0) == 0.0)
        tickets.remove((ticket, number))
        got_in.append(number)
    assert got_in == [1, 3, 5, 0, 2, 4]


def test_a_person_gets_the_next_start_of_a_full_minute_too() -> None:
    queue = line(places=4, per_minute=1)
    assert queue.enter(queue.join(for_people=False), 0.0) == 0.0
    summary = queue.join(for_people=False)
    assert queue.enter(summary, 10.0) == 50.0
    person = queue.join(for_people=True)
    assert queue.enter(summary, 60.0) == math.inf
    assert queue.enter(person, 60.0) == 0.0


def test_one_who_gives_up_holds_up_nobody() -> None:
    queue = line()
    person, summary = queue.join(for_people=True), queue.join(for_people=False)
    assert queue.enter(summary, 0.0) == math.inf
    queue.give_up(person)
    assert queue.enter(summary, 0.0) == 0.0


def test_a_question_asked_in_the_middle_of_a_morning_is_the_next_call(
    make_model: MakeModel,
) -> None:
    model, server = make_model(lambda _: ModelReply("x", seconds=0.05), concurrency=2)
    with ThreadPoolExecutor(21) as pool:
        summaries = [pool.submit(model.complete, PROMPT) for _ in range(20)]
        while len(server.requests) < 4:
            time.sleep(0.005)
        asked_after = len(server.requests)
        pool.submit(lambda: list(model.stream(QUESTION))).result()
        for one in summaries:
            one.result()
    (place,) = [
        place
        for place, request in enumerate(server.requests)
        if request["messages"][-1]["content"] == QUESTION.user
    ]
    # The two places may have changed hands once more before the question stood in line.
    assert place <= asked_after + 2
    assert server.most_at_once == 2
