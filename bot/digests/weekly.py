"""The digest of a week: its most voted papers, and the topics that rose in it."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.digests.choose import Candidate, Choice
from bot.digests.compose import DEFAULT_COUNT, candidates_of, entries_of, with_notices
from bot.digests.content import DigestContent
from bot.digests.trends import find_trends
from bot.digests.weeks import Week
from bot.languages import LANGUAGES, languages_of
from storage import Paper, Storage

EARLIER_WEEKS = 8
TEAM_WEIGHT = 5
_TRENDS = 3
_ENDING = 4


def weekly_languages(language: str) -> tuple[str, ...]:
    """The languages whose summaries a weekly digest shows: all of them, its own first."""
    return tuple(dict.fromkeys([*languages_of(language), *LANGUAGES]))


def compose_weekly(
    storage: Storage,
    week: Week,
    *,
    language: str,
    style: str = "weekly",
    count: int = DEFAULT_COUNT,
    signals: Mapping[str, int] | None = None,
    notices: Sequence[str] = (),
) -> DigestContent:
    """The digest of *week* from the stored listings; empty when there are none.

    ``signals`` are the team's own votes by paper id (saved, opened, asked); they count like votes.
    """
    choice = choose_weekly(storage, week, count=count, signals=signals)
    return compose_week(storage, week, choice, language=language, style=style, notices=notices)


def choose_weekly(
    storage: Storage,
    week: Week,
    *,
    count: int = DEFAULT_COUNT,
    signals: Mapping[str, int] | None = None,
) -> Choice:
    """The papers listed in *week* by their votes and the team's own."""
    own = signals or {}
    ranked = sorted(
        week_candidates(storage, week),
        key=lambda one: (-(one.votes + own.get(one.paper.id, 0)), one.paper.id),
    )
    return Choice(tuple(ranked[:count]), tuple(ranked[count:]), hidden=())


def compose_week(
    storage: Storage,
    week: Week,
    choice: Choice,
    *,
    language: str,
    style: str = "weekly",
    notices: Sequence[str] = (),
) -> DigestContent:
    """What a weekly digest says about the chosen papers of *week*."""
    listed = [*choice.chosen, *choice.rest]
    content = DigestContent(
        kind="weekly",
        period=str(week),
        day=week.last,
        first_day=week.first,
        language=language,
        style=style,
        entries=entries_of(storage, choice.chosen, weekly_languages(language)),
        listed=len(listed),
        trends=find_trends(_weeks(storage, week, listed), count=_TRENDS),
        notices=tuple(notices),
    )
    return with_notices(content, storage)


def week_to_tell(day: date) -> Week:
    """The week that a digest of *day* is about: from Friday on this one, before that the last."""
    week = Week.of(day)
    return week if day.weekday() >= _ENDING else week.before(1)


def team_votes(storage: Storage, channel: str) -> dict[str, int]:
    """What a channel's members showed for papers, as votes by paper id: a colleague who saved,
    opened or asked about one says more than a stranger's vote."""
    return {
        paper_id: TEAM_WEIGHT
        * sum(-many if kind == "unwanted" else many for kind, many in signs.items())
        for paper_id, signs in storage.library.signals(channel).items()
    }


def week_candidates(storage: Storage, week: Week) -> list[Candidate]:
    """All papers listed in *week*, each once with its highest votes."""
    return candidates_of(storage, storage.listings.on(week.first, week.last))


def _weeks(storage: Storage, week: Week, listed: Sequence[Candidate]) -> list[list[Paper]]:
    earlier = [
        [one.paper for one in week_candidates(storage, week.before(back))]
        for back in range(EARLIER_WEEKS, 0, -1)
    ]
    return [*earlier, [one.paper for one in listed]]
