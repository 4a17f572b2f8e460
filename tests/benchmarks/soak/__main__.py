"""A simulated month in minutes: promises kept, nothing leaks.

    python -m tests.benchmarks.soak [--month 2025-02] [--days N] [--questions 200]
        [--no-encoder] [--plant leak|double] [--keep LOG]

The real composition runs as a process on an injected clock, in a local workspace. Real listings are
replayed by loopback servers, three channels (Seoul in Korean, New York and Berlin in English, three
styles) get their mornings, 200 questions a day are asked, and things go wrong all the time: 429,
500, cut answers, time-outs and reset connections of the source, of Slack and of the model, kill -9
and a restart on four days, the source down for a whole day, the bot thrown out of a channel. In the
end every paper must stand once in each channel with its settled votes, every question must have its
one answer, nothing may have been outside Slack's limits, problems must have been told, and memory,
threads, files and the write-ahead log must be flat. ``--plant`` makes the bot misbehave, so that
the judge can show that it notices; exit status 1 when something is wrong.
"""

import argparse
import shutil
import sys
import time
from pathlib import Path

from tests.benchmarks.month_replay import month_days
from tests.benchmarks.soak.bot_process import PLANTS
from tests.benchmarks.soak.judge import judge
from tests.benchmarks.soak.meter import longest_life, not_flat, slope
from tests.benchmarks.soak.month import WISHES, Month, Plan, month
from tests.shared_data import shared_folder


def main() -> int:
    """Live through the month, print what it was like, and judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--month", default="2025-02")
    parser.add_argument("--days", type=int, help="only the first so many listings")
    parser.add_argument("--questions", type=int, default=200, help="a day")
    parser.add_argument("--plant", choices=PLANTS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-encoder", action="store_true", help="search by words alone")
    parser.add_argument("--keep", type=Path, help="where to copy the bot's log")
    asked, shared = parser.parse_args(), shared_folder()
    if shared is None:
        print("the real data is not here", file=sys.stderr)
        return 1
    days = month_days(shared / "hf_daily", asked.month)[: asked.days]
    plan = Plan(
        questions=asked.questions,
        plant=asked.plant,
        encoder=not asked.no_encoder,
        seed=asked.seed,
    )
    began = time.monotonic()
    with month(shared / "hf_daily", days, plan) as one:
        one.go()
        problems = [*judge(one), *not_flat(one.samples)]
        if asked.keep:
            shutil.copy(one.database.with_name("bot.log"), asked.keep)
        report(one, time.monotonic() - began)
    print("\n".join(problems) or "every promise kept, nothing grows")
    return 1 if problems else 0


def report(one: Month, seconds: float) -> None:
    """What happened, and the process each evening."""
    print(f"{len(one.days)} listings, {len(WISHES)} channels, {seconds:.0f} s")
    print(f"{len(one.asked)} questions, {one.deaths} kills, {one.life} lives")
    print("faults: " + ", ".join(f"{n} {what}" for what, n in sorted(one.faults.items())))
    print(
        f"\n{'day':>4}{'life':>5}{'RSS MB':>8}{'threads':>8}{'files':>6}{'db files':>9}"
        f"{'db MB':>7}{'WAL MB':>7}"
    )
    for s in one.samples:
        print(
            f"{s.day:4}{s.life:5}{s.memory:8.0f}{s.threads:8}{s.files:6}{s.database_files:9}"
            f"{s.database:7.1f}{s.wal:7.1f}"
        )
    steady = longest_life(one.samples)
    if len(steady) > 1:
        memory = slope([s.memory for s in steady])
        growth = (one.samples[-1].database - one.samples[0].database) / len(one.samples)
        print(f"\nmemory {memory:+.2f} MB a day after warm-up; database {growth:+.2f} MB a day")


if __name__ == "__main__":
    sys.exit(main())
