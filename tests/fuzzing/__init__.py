"""Random input for every door of Paperboy, and what must hold whatever comes.

``slack`` fuzzes what Slack sends, on the real app; ``papers`` what sources, archives and models
say. Each case is one function that raises AssertionError when something does not hold. The suite
runs some of each, ``python -m tests.benchmarks.fuzz`` thousands.
"""

from tests.fuzzing.kinds import KINDS, Kind, run

__all__ = ["KINDS", "Kind", "run"]
