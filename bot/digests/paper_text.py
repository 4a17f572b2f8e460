"""The texts that every style is made of: title, facts, sentences, why it was chosen, its maker."""

import re
from collections.abc import Callable, Sequence

from bot.digests import links
from bot.digests.content import DigestEntry
from bot.digests.localisation import Localisation
from bot.languages import any_of
from bot.slack.blocks import truncate
from bot.slack.blocks.text import Mrkdwn, link, prose
from bot.sources.kinds import labels
from bot.summaries import contribution_of
from bot.text import one_line
from bot.text.sentences import sentences as split
from storage import Note, Paper, Summary, member_of
from storage.summaries import EXTRACTIVE, IMPORTED

TITLE_LIMIT = 300
_AUTHORS = 4
_NOTE_LIMIT = 300
_SUBJECT = any_of(lambda one: one.writing.subject)
_POWER = re.compile(r"\^\{?(\d{1,3})\}?")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def shown_title(paper: Paper) -> str:
    """The title on one line, powers of numbers raised."""
    title = _POWER.sub(lambda found: found[1].translate(_RAISED), one_line(paper.title))
    return title or paper.id


def linked_title(paper: Paper) -> str:
    """The title in mrkdwn, linked to arXiv where the id is known."""
    title = shown_title(paper)
    url = links.abstract_url(paper)
    return link(url, title, TITLE_LIMIT) if url else prose(title, TITLE_LIMIT)


def title_line(paper: Paper, number: int | None = None) -> str:
    """``*3. title*``, linked."""
    shown = linked_title(paper)
    return f"*{shown}*" if number is None else f"*{number}. {shown}*"


def plain_title(paper: Paper, number: int, votes: int, l10n: Localisation) -> str:
    """``3. title (56 votes)`` for the plain text."""
    about = (l10n.text("digests-votes", count=votes) if votes else "", withdrawal(paper, l10n))
    told = ", ".join(one for one in about if one)
    title = f"{number}. {truncate(shown_title(paper), 250)}"
    return f"{title} ({told})" if told else title


def entry_row(entry: DigestEntry, l10n: Localisation) -> tuple[str, str]:
    """An entry for the plain text: its title, then its sentences."""
    title = plain_title(entry.paper, entry.number, entry.votes, l10n)
    return title, " ".join(listed(entry))


def facts(
    paper: Paper,
    votes: int,
    l10n: Localisation,
    *,
    summary: Summary | None = None,
    sources: Sequence[str] = (),
) -> str:
    """The *sources* that list the paper, organisation, votes and links in one line of mrkdwn."""
    parts = [
        prose(", ".join(labels(sources)), 200) if sources else "",
        origin(paper, votes, l10n, summary=summary),
        _code(paper, l10n),
        _project(paper, l10n),
    ]
    return " · ".join(part for part in parts if part)


def authors(paper: Paper, l10n: Localisation) -> str:
    """The first authors' names, and how many more there are."""
    names = [one_line(name) for name in paper.authors[:_AUTHORS]]
    more = len(paper.authors) - len(names)
    together = ", ".join(truncate(name, 60) for name in names)
    if not more:
        return together
    return l10n.first.text("digests-card-authors-more", names=together, count=more)


def note_line(note: Note) -> str:
    """What a member wrote, as a quotation, with who wrote it."""
    by = f" — <@{note.author}>" if note.author else ""
    return f"> {prose(note.text, _NOTE_LIMIT)}{by}"


def organization_of(paper: Paper, summary: Summary | None) -> str:
    """Where the authors work; empty if nobody says."""
    known = ", ".join(summary.organizations[:2]) if summary is not None else ""
    return one_line(paper.organization or known)


def origin(paper: Paper, votes: int, l10n: Localisation, *, summary: Summary | None = None) -> str:
    """Organisation and votes, and whether the paper has been withdrawn."""
    organization = organization_of(paper, summary)
    where = prose(organization, 120) if organization else ""
    parts = (where, _votes(votes, l10n), withdrawal(paper, l10n))
    return " · ".join(part for part in parts if part)


def withdrawal(paper: Paper, l10n: Localisation) -> str:
    """A word for a paper that has been withdrawn; empty for all others."""
    return l10n.text("digests-withdrawn") if paper.withdrawn_at else ""


def sentences(entry: DigestEntry) -> list[str]:
    """One raw sentence for each language; without a summary in one of them that of a summary in
    another language, or the one in which the abstract tells the contribution."""
    found = [one.tldr for one in entry.summaries if one.tldr]
    return list(dict.fromkeys(found)) or [entry.elsewhere or contribution_of(entry.abstract)]


def listed(entry: DigestEntry) -> list[str]:
    """Those sentences as they stand under the paper's title."""
    told = {one.tldr: under_title(one, one.tldr) for one in entry.summaries}
    return [told.get(one) or without_subject(one) for one in sentences(entry)]


def under_title(summary: Summary, text: str) -> str:
    """A text of the summary without the subject that the title names already ("This paper"); what
    people wrote stays as it is."""
    by_people = summary.corrected or IMPORTED in summary.makers
    return text if by_people else without_subject(text)


def without_subject(text: str) -> str:
    """A sentence without "This paper" before what it says, to stand under the paper's title."""
    found = _SUBJECT.match(text)
    if found is None:
        return text
    rest = text[found.end() :]
    return rest[:1].upper() + rest[1:]


def first_sentence(text: str) -> str:
    """The first sentence of *text*, on one line."""
    return next(iter(split(text)), "")


def why(entry: DigestEntry, l10n: Localisation, *, shown: Callable[[str, int], str] = prose) -> str:
    """Why this channel gets the paper, as small print with what it names *shown* as mrkdwn or
    otherwise; "" if its votes are the only reason."""
    if entry.topics:
        return l10n.text("digests-why", topics=shown(", ".join(entry.topics), 200))
    if entry.near:
        return l10n.text("digests-why-near", topics=shown(", ".join(entry.near), 200))
    if entry.like:
        return l10n.text("digests-why-like", title=shown(shown_title(entry.like), 120))
    if entry.taste:
        key = f"digests-topic-{entry.taste}"
        whose = "-own" if entry.is_own else ""
        return l10n.text(f"digests-why-taste{whose}", topic=lambda words: words.text(key))
    return ""


def maker_line(makers: Sequence[str], l10n: Localisation, *, verified_by: str = "") -> Mrkdwn:
    """Who made the texts, who verified them, and that they may be wrong; "" if nobody made any."""
    members = [member for member in map(member_of, makers) if member]
    named = (one for one in makers if one not in (EXTRACTIVE, IMPORTED) and not member_of(one))
    models = prose(", ".join(named), 200)
    lines = []
    if members:
        users = ", ".join(f"<@{member}>" for member in members)
        lines.append(l10n.text("digests-maker-member", joint="\n", users=users))
    if models and EXTRACTIVE in makers:
        lines.append(l10n.text("digests-maker-mixed", joint="\n", maker=models))
    elif models:
        lines.append(l10n.text("digests-maker-model", joint="\n", maker=models))
    elif EXTRACTIVE in makers:
        lines.append(l10n.text("digests-maker-extractive", joint="\n"))
    if models and verified_by:
        by = prose(verified_by, 100)
        lines.append(l10n.text("digests-maker-verified", joint="\n", verifier=by))
    if IMPORTED in makers:
        lines.append(l10n.text("digests-maker-imported", joint="\n"))
    return Mrkdwn("\n".join(lines))


def _votes(votes: int, l10n: Localisation) -> str:
    if not votes:
        return ""
    if l10n.is_multilingual:
        return f"▲ {votes}"
    return l10n.text("digests-votes", count=votes)


def _code(paper: Paper, l10n: Localisation) -> str:
    url = links.code_url(paper)
    if url is None:
        return ""
    if "github.com/" in url:
        return link(url, "GitHub", 20)
    return link(url, "Code" if l10n.is_multilingual else l10n.text("digests-code"), 40)


def _project(paper: Paper, l10n: Localisation) -> str:
    url = links.project_url(paper)
    label = "Project" if l10n.is_multilingual else l10n.text("digests-project")
    return link(url, label, 40) if url else ""
