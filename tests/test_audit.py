"""The audit tells, and never fails or holds anybody up."""

import sys
from pathlib import Path

import pytest

from tests.audit import ROOT, audit

LOCK = ROOT / "requirements.lock"
TABLE = "Name Version ID Fix Versions\\nlxml 6.0 CVE-1 6.1"


def stand_in(code: str) -> list[str]:
    """A program that does what *code* says, as pip-audit would be called."""
    return [sys.executable, "-c", code]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("pass", "no known weakness"),
        (f"import sys; print('{TABLE}'); sys.exit(1)", "CVE-1"),
        ("import sys; print('no route', file=sys.stderr); sys.exit(1)", "skipped: the service"),
        ("import time; time.sleep(30)", "skipped: no answer within 0.5 s"),
    ],
)
def test_each_end_is_told_in_a_line(code: str, words: str) -> None:
    assert words in audit(LOCK, seconds=0.5 if "sleep" in code else 60, program=stand_in(code))


def test_a_program_that_is_not_there_is_told() -> None:
    told = audit(LOCK, seconds=5, program=[str(Path("/nowhere/pip-audit"))])
    assert told.startswith("skipped: pip-audit cannot be had")
