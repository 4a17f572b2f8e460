"""What a new paper is near to among those that the team has seen before.

Nearness is measured by shared rare words, and by vectors where there are any; both are needed,
since either alone calls papers related that only sound alike.
"""

from bot.relations.finder import RelatingIndex, RelationFinder

__all__ = ["RelatingIndex", "RelationFinder"]
