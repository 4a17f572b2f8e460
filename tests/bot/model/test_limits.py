"""How many at a time, how many a minute."""

from concurrent.futures import ThreadPoolExecutor

from bot.model import Prompt
from bot.model.limits import Gate
from tests.bot.model.conftest import FakeTime, MakeModel
from tests.model_server import Said

PROMPT = Prompt(system="", user="Say hello.")


def gate(fake_time: FakeTime, *, per_minute: int | None) -> Gate:
    return Gate(
        concurrency=4,
        per_minute=per_minute,
        monotonic=fake_time.monotonic,
        sleep=fake_time.sleep,
    )


def test_no_more_calls_at_a_time_than_set(make_model: MakeModel) -> None:
    model, server = make_model(lambda _: Said("x", seconds=0.03), concurrency=3)
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
