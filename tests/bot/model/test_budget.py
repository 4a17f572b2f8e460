"""The day's budget is hard."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import BudgetSpentError
from bot.model import Prompt
from bot.model.costs import Budget, PriceTable
from bot.model.records import Usage
from storage import ModelCall, Storage
from tests.bot.model.conftest import MakeModel
from tests.bot.model.rows import rows
from tests.model_server import ModelReply

PROMPT = Prompt(system="", user="Say hello.")
PRICE = {"stub": (0.0, 0.0, 1000.0)}  # a tenth of a cent for each token written


def spend(storage: Storage, usd: float, when: datetime) -> None:
    call = ModelCall("chat", "stub", "stub", "", 1, "ok", cost_usd=usd)
    storage.model_calls.add(call, now=when)


def test_a_call_that_might_pass_the_limit_is_not_made(
    make_model: MakeModel, storage: Storage
) -> None:
    model, server = make_model(lambda _: ModelReply("x"), daily_budget_usd=0.05, prices=PRICE)
    with pytest.raises(BudgetSpentError):
        model.complete(PROMPT, max_tokens=51)
    assert server.requests == []
    assert rows(storage) == []
    assert model.complete(PROMPT, max_tokens=49).text == "x"


def test_many_calls_at_a_time_cannot_pass_it_together(
    make_model: MakeModel, storage: Storage
) -> None:
    model, _ = make_model(
        lambda _: ModelReply("x", usage=(1, 0, 20), seconds=0.02),
        daily_budget_usd=0.1,
        prices=PRICE,
        concurrency=16,
    )

    def call(_: int) -> bool:
        try:
            model.complete(PROMPT, max_tokens=20)
        except BudgetSpentError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(call, range(16)))
    assert sum(made) == 5
    assert sum(row["cost_usd"] for row in rows(storage)) == pytest.approx(0.1)


def test_what_a_call_did_not_use_is_given_back(make_model: MakeModel) -> None:
    model, server = make_model(
        lambda _: ModelReply("x", usage=(1, 0, 1)), daily_budget_usd=0.05, prices=PRICE
    )
    for _ in range(5):
        model.complete(PROMPT, max_tokens=40)
    assert len(server.requests) == 5


def test_a_new_day_in_utc_has_a_new_budget(storage: Storage) -> None:
    midnight = datetime(2025, 3, 20, tzinfo=UTC)
    now = [midnight - timedelta(seconds=1)]
    budget = Budget(storage, 1.0, lambda: now[0])
    spend(storage, 0.9, now[0])
    with pytest.raises(BudgetSpentError), budget.reserve(0.2):
        pass
    now[0] = midnight
    with budget.reserve(0.2):
        pass


def test_without_a_limit_nothing_is_refused(storage: Storage, now: datetime) -> None:
    spend(storage, 1e6, now)
    with Budget(storage, None, lambda: now).reserve(1e6):
        pass


def test_a_broken_stream_is_paid_for(make_model: MakeModel, storage: Storage) -> None:
    model, _ = make_model(lambda _: ModelReply("hello " * 10), prices=PRICE)
    stream = model.stream(PROMPT)
    next(stream)
    stream.close()
    (row,) = rows(storage)
    assert row["outcome"] == "abandoned"
    assert row["cost_usd"] > 0


def test_a_local_model_is_free_unless_it_has_a_price() -> None:
    usage = Usage(input=1_000_000, output=1_000_000)
    assert PriceTable(None, local=True).cost("llama", usage) is None
    assert PriceTable({"llama": (1, 1, 2)}, local=True).cost("llama", usage) == 3


def test_a_dated_name_has_the_price_of_its_model() -> None:
    usage = Usage(input=1_000_000, cached=500_000)
    table = PriceTable(None, local=False)
    assert table.cost("gpt-5-mini-2025-08-07", usage) == table.cost("gpt-5-mini", usage)
    assert table.cost("gpt-5-mini", usage) == pytest.approx(0.125 + 0.0125)


def test_an_unknown_model_elsewhere_is_reckoned_at_the_dearest_price() -> None:
    usage = Usage(output=1_000_000)
    assert PriceTable(None, local=False).cost("brand-new", usage) == 10.0
