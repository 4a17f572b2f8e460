"""Thousands of random cases at every door: ``python -m tests.benchmarks.fuzz --cases 10000``.

Each kind runs in a process of its own, since a parser in C may end it; that counts as a failure.
"""

import argparse
import logging
import subprocess
import sys
import time
import traceback

from tests.fuzzing import KINDS, run

LONGEST, MOST_LINES = 300, 80


def main() -> int:
    """Print one row a kind; the exit status is 1 when something did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--kind", action="append", help="only these, by a part of their name")
    parser.add_argument("--here", action="store_true", help="in this process, for a debugger")
    options = parser.parse_args()
    kinds = [
        kind
        for kind in KINDS
        if not options.kind or any(part in kind.name for part in options.kind)
    ]
    failed = 0
    for kind in kinds:
        if options.here:
            failed += not _held(kind.name, options.cases)
            continue
        started = time.monotonic()
        child = subprocess.run(
            [
                *(sys.executable, "-m", "tests.benchmarks.fuzz", "--here"),
                *("--kind", kind.name, "--cases", str(options.cases)),
            ],
            check=False,
            capture_output=True,
            text=True,
        )
        failed += child.returncode != 0
        print(
            f"{kind.name:<18} {options.cases:>6} cases {time.monotonic() - started:7.1f} s  "
            f"{'holds' if child.returncode == 0 else f'FAILS (exit {child.returncode})'}",
            flush=True,
        )
        if child.returncode:
            print(_readable(child.stdout + child.stderr), flush=True)
    return 1 if failed else 0


def _readable(told: str) -> str:
    """The traceback with its random texts cut short."""
    lines = [line if len(line) <= LONGEST else line[:LONGEST] + " …" for line in told.splitlines()]
    return "\n".join(lines[-MOST_LINES:])


def _held(name: str, cases: int) -> bool:
    logging.getLogger().addHandler(logging.NullHandler())
    (kind,) = [one for one in KINDS if one.name == name]
    try:
        run(kind, cases)
    except Exception:
        print(traceback.format_exc())
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
