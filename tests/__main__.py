"""Every check, in the order in which a mistake is cheapest to find: ``python -m tests``.

Further arguments go to pytest. Slow and opt-in checks are named in the README.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Run the checks one after the other; the first failure ends the run."""
    python = sys.executable
    checks = [
        [python, "-m", "ruff", "format", "--check", "--quiet", "."],
        [python, "-m", "ruff", "check", "--quiet", "."],
        [python, "-m", "mypy", "--no-error-summary"],
        [python, "-m", "pytest", "-n", "auto", "-m", "not slow", *arguments],
    ]
    # Stories wait for real processes and connections, which a busy machine may hold up: what failed
    # beside others is tried once more by itself, and counts as it ends then.
    alone = [python, "-m", "pytest", "-n", "0", "-m", "not slow", "--last-failed", *arguments]
    for check in checks:
        print("+", " ".join(check[1:]), flush=True)
        status = subprocess.run(check, cwd=ROOT, check=False).returncode
        if status == 1 and "pytest" in check:
            print("+", " ".join(alone[1:]), flush=True)
            status = subprocess.run(alone, cwd=ROOT, check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
