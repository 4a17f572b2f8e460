"""Known weaknesses of the pinned packages: ``python -m tests.audit [SECONDS]``; needs a network.

Asks ``pip-audit``, fetched for this one run so that it is no dependency. It tells, and never
fails: without a network, without an answer in time, or where the service is not allowed, it says
so. ``.ci/run`` gives it twenty seconds after the tests.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 20.0
CLEAN, FOUND = 0, 1
# pip-audit in a folder that is not on the path.
_STARTER = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from pip_audit._cli import audit; audit()"
)


def audit(lock: Path, *, seconds: float, program: list[str] | None = None) -> str:
    """What is known about the packages of *lock*, or why that cannot be told within *seconds*.

    *program* stands for ``pip-audit``.
    """
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(prefix="paperboy-audit-") as folder:
        try:
            command = program or _fetched(Path(folder), seconds)
            told = subprocess.run(
                [*command, "--no-deps", "--disable-pip", "--requirement", str(lock)],
                capture_output=True,
                text=True,
                timeout=max(0.1, until - time.monotonic()),
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"skipped: no answer within {seconds:g} s"
        except (subprocess.CalledProcessError, OSError) as error:
            return f"skipped: pip-audit cannot be had ({type(error).__name__})"
    if told.returncode == CLEAN:
        return "no known weakness"
    if told.returncode == FOUND and "Fix Versions" in told.stdout:
        return f"WEAKNESSES ARE KNOWN\n{told.stdout.strip()}"
    last = (told.stderr.strip().splitlines() or ["no reason given"])[-1]
    return f"skipped: the service gave no answer ({last[:200]})"


def _fetched(folder: Path, seconds: float) -> list[str]:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--retries", "0", "--timeout", "5", "--target", str(folder), "pip-audit"],
        capture_output=True,
        timeout=seconds,
        check=True,
    )
    return [sys.executable, "-c", _STARTER, str(folder)]


def main(arguments: list[str]) -> int:
    """Print what is known; always 0."""
    seconds = float(arguments[0]) if arguments else SECONDS
    print(f"audit: {audit(ROOT / 'requirements.lock', seconds=seconds)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
