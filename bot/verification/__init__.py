"""Whether the passages that a sentence cites say what it says: for summaries and answers alike.

A second, cheap model sees single sentences with the passages they cite and nothing else. Where
there is none to ask, rules that need no model stand in for it.
"""

from bot.verification.verifier import (
    Finding,
    Statement,
    Verdict,
    Verifier,
    numbered,
)

__all__ = ["Finding", "Statement", "Verdict", "Verifier", "numbered"]
