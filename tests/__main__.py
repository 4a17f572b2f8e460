"""Every check, in the order in which a mistake is cheapest to find: ``python -m tests``.

Further arguments go to pytest. Slow and opt-in checks are named in CONTRIBUTING.md.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Run the checks one after the other; the first failure ends the run."""
    python = sys.executable
    # Stories wait for real processes and connections: twice as many at once keep the cores busy.
    workers = str(2 * (os.cpu_count() or 1))
    checks = [
        [python, "-m", "ruff", "format", "--check", "--quiet", "."],
        [python, "-m", "ruff", "check", "--quiet", "."],
        [python, "-m", "mypy", "--no-error-summary"],
        [python, "-m", "pytest", "-n", workers, "-m", "not slow", *arguments],
    ]
    for check in checks:
        print("+", " ".join(check[1:]), flush=True)
        status = subprocess.run(check, cwd=ROOT, check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
