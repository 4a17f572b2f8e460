"""What an admin reads when something goes wrong, and when it is mended."""

from zoneinfo import ZoneInfo

from bot.languages import Catalog, catalog
from bot.operations.alarms import (
    BUDGET_SPENT,
    DIGEST_LATE,
    DISK_FULL,
    MODEL_REFUSES,
    SOURCE_DOWN,
    Alarm,
)
from bot.slack.blocks import Message, escape, one_paragraph, truncate
from bot.sources.kinds import label
from storage import Incident

MOST_DETAIL = 200
_CAUSES = ("source_down", "failed", "missed", "not-begun", "under-way", "waiting")


def begun(alarm: Alarm, language: str, *, timezone: str) -> Message:
    """Something is wrong: what, since when (in *timezone*), why, and what to do."""
    words = catalog(language)
    since = alarm.since.astimezone(ZoneInfo(timezone))
    moment = f"{words.short_day(since.date())} {since:%H:%M}"
    detail = escape(truncate(alarm.detail, MOST_DETAIL))
    match alarm.kind:
        case "digest-late":
            cause = alarm.detail.replace("_", "-") if alarm.detail in _CAUSES else "slack"
            text = words.text(
                "operations-digest-late",
                channel=f"<#{alarm.subject}>",
                moment=moment,
                cause=words.text(f"operations-cause-{cause}", code=detail),
            )
        case "source-down":
            name = label(alarm.subject)
            about = {"source": name, "moment": moment}
            text = words.with_detail("operations-source-down", detail, **about)
        case "disk-full":
            text = words.text("operations-disk-full", megabytes=detail)
        case "model-refuses":
            cause = "quota" if alarm.detail == "quota" else "key"
            text = words.text(f"operations-model-refuses-{cause}")
        case _:
            text = words.text(f"operations-{alarm.kind}")
    return one_paragraph(text)


def mended(kind: str, subject: str, language: str) -> Message:
    """It is over."""
    subjects = {DIGEST_LATE: f"<#{subject}>", SOURCE_DOWN: label(subject)}
    shown = subjects.get(kind, "")
    return one_paragraph(catalog(language).text(f"operations-{kind}-mended", subject=shown))


def wrong_here(incidents: list[Incident], channel: str, words: Catalog) -> list[str]:
    """What everybody in *channel* may know of what is wrong now, in one phrase each."""
    return [
        wrong_now(one, words)
        for one in incidents
        if one.kind in (SOURCE_DOWN, BUDGET_SPENT, DISK_FULL, MODEL_REFUSES)
        or (one.kind == DIGEST_LATE and one.subject == channel)
    ]


def wrong_now(incident: Incident, words: Catalog) -> str:
    """What is wrong, in a phrase."""
    return words.text(f"operations-now-{incident.kind}", source=label(incident.subject))
