"""Commands that need not wait as long as at work."""

import pytest

from bot.model import faults


@pytest.fixture(autouse=True)
def a_model_is_asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "FIRST_WAIT", 0.0)
