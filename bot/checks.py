"""``paperboy check``: one line for each thing that has to be right, with its remedy."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import process

from bot.apology import database_words
from bot.delivery.slack_check import SlackProbe, missing_scopes
from bot.errors import BudgetSpentError, ModelError, SlackError
from bot.i18n import Catalog
from bot.manifest import read_manifest
from bot.model import Model, Prompt
from bot.services import Services
from bot.settings import Settings
from storage import StorageError

MEMBER_ID = re.compile(r"[UW][A-Z0-9]+")
NAMES_SHOWN = 3
# What a model's refusal is about, by the outcome that the adapter gives it.
_ABOUT = {
    "unauthorized": "key",
    "forbidden": "key",
    "quota": "quota",
    "not-found": "name",
    "no-embedding-model": "name",
    "connection": "unreachable",
    "timeout": "unreachable",
    "server-error": "unreachable",
}

UNFURL_SCOPES = ("links:read", "links:write")


@dataclass(frozen=True)
class Check:
    """``state`` is ``ok``, ``wrong``, or ``off`` for what is not set up and need not be."""

    name: str
    state: str
    text: str


def run_checks(
    settings: Settings, words: Catalog, build: Callable[[Settings], Services]
) -> Iterator[Check]:
    """Check everything, one after the other; a step that fails never stops the next.

    *build* opens the database that its settings name.
    """
    probe = SlackProbe(settings.slack_api_url, settings.slack_bot_token)
    yield Check("settings", "ok", words.text("check-settings-ok"))
    with _built(settings, words, build) as (services, database):
        yield database
        yield _disk(settings, words)
        yield from _folders(settings, words)
        yield _bot_token(settings, probe, words)
        yield _entrance(settings, probe, words)
        yield from _channels(settings, services, probe, words)
        yield _admins(settings, words)
        if services is not None:
            yield from _outside(services, words)


@contextmanager
def _built(
    settings: Settings, words: Catalog, build: Callable[[Settings], Services]
) -> Iterator[tuple[Services | None, Check]]:
    """The services, on a scratch database where the real one cannot be used (None when that
    cannot be had either, as on a full disk); and what is to be said of the real one."""
    services: Services | None = None
    with tempfile.TemporaryDirectory(prefix="paperboy-check-") as folder:
        try:
            services = build(settings)
            services.storage.try_writing()
        except StorageError as error:
            if services is not None:
                services.close()
            text = database_words(error, settings.database, words)
            database = Check("database", "wrong", text)
            services = _on_scratch(settings, build, Path(folder))
        else:
            papers = services.storage.counts()["papers"]
            text = words.text("check-database", file=settings.database, papers=papers)
            database = Check("database", "ok", text)
        try:
            yield services, database
        finally:
            if services is not None:
                services.close()


def _on_scratch(
    settings: Settings, build: Callable[[Settings], Services], folder: Path
) -> Services | None:
    try:
        return build(replace(settings, database=str(folder / "scratch.db")))
    except StorageError:
        return None


def _outside(services: Services, words: Catalog) -> Iterator[Check]:
    """What is asked over the network besides Slack."""
    for name, ping in services.source_pings:
        yield _source(name, ping, words)
    yield _model(services.model, words)
    if services.settings.embedding_model:
        yield _embedding(services.model, words)


def needed_scopes(*, unfurl: bool = False) -> list[str]:
    """The bot scopes of the manifest; empty where the manifest isn't at hand. *unfurl* wants more:
    summaries under links are off by default."""
    manifest = read_manifest()
    scopes = [] if manifest is None else list(manifest["oauth_config"]["scopes"]["bot"])
    return [*scopes, *(UNFURL_SCOPES if unfurl else ())]


def _disk(settings: Settings, words: Catalog) -> Check:
    folder = Path(settings.database).absolute().parent
    try:
        free = shutil.disk_usage(folder).free // 1_000_000
    except OSError:
        return Check("disk", "wrong", words.text("check-no-folder", folder=str(folder)))
    full = free < settings.disk_free_mb
    message = "check-disk-full" if full else "check-disk"
    text = words.text(message, megabytes=free, wanted=settings.disk_free_mb)
    return Check("disk", "wrong" if full else "ok", text)


def _folders(settings: Settings, words: Catalog) -> Iterator[Check]:
    if settings.export_dir is None:
        return
    name, folder = "PAPERBOY_EXPORT_DIR", settings.export_dir
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            yield Check(name, "ok", words.text("check-ok"))
    except OSError as error:
        text = words.text("check-folder-wrong", folder=folder, reason=_one_line(error))
        yield Check(name, "wrong", text)


def _bot_token(settings: Settings, probe: SlackProbe, words: Catalog) -> Check:
    name = "SLACK_BOT_TOKEN"
    if not settings.slack_bot_token:
        return Check(name, "wrong", words.text("check-bot-token-missing"))
    try:
        identity = probe.identity()
    except SlackError as error:
        return Check(name, "wrong", _refused(error, words, "check-bot-token-wrong"))
    missing = missing_scopes(needed_scopes(unfurl=settings.unfurl), identity)
    if missing:
        text = words.text("check-scopes-missing", scopes=", ".join(missing))
        return Check(name, "wrong", text)
    return Check(name, "ok", words.text("check-bot-ok", name=identity.name, team=identity.team))


def _entrance(settings: Settings, probe: SlackProbe, words: Catalog) -> Check:
    if settings.slack_app_token:
        try:
            probe.app_token(settings.slack_app_token)
        except SlackError as error:
            text = _refused(error, words, "check-app-token-wrong")
            return Check("SLACK_APP_TOKEN", "wrong", text)
        return Check("SLACK_APP_TOKEN", "ok", words.text("check-socket-mode"))
    if settings.slack_signing_secret:
        text = words.text("check-http-mode", port=str(settings.port))
        return Check("SLACK_SIGNING_SECRET", "ok", text)
    return Check("SLACK_APP_TOKEN", "wrong", words.text("check-entrance-missing"))


def _channels(
    settings: Settings, services: Services | None, probe: SlackProbe, words: Catalog
) -> Iterator[Check]:
    """The first channel, and every other one that is subscribed."""
    name = "PAPERBOY_CHANNEL"
    if settings.channel:
        yield _channel(name, settings.channel, settings, probe, words)
    else:
        yield Check(name, "off", words.text("check-channel-off"))
    for subscription in services.storage.subscriptions.active() if services else ():
        if subscription.channel != settings.channel:
            yield _channel(subscription.channel, subscription.channel, settings, probe, words)


def _channel(
    name: str, channel: str, settings: Settings, probe: SlackProbe, words: Catalog
) -> Check:
    if not settings.slack_bot_token:
        return Check(name, "off", words.text("check-channel-unknown"))
    try:
        member = probe.is_member(channel)
    except SlackError as error:
        if error.code in ("missing_scope", "unknown_method", "invalid_auth", "not_authed"):
            return Check(name, "off", words.text("check-channel-unknown"))
        return Check(name, "wrong", _refused(error, words, "check-channel-wrong"))
    if member:
        return Check(name, "ok", words.text("check-ok"))
    return Check(name, "wrong", words.text("check-channel-not-member"))


def _admins(settings: Settings, words: Catalog) -> Check:
    name = "PAPERBOY_ADMINS"
    if not settings.admins:
        return Check(name, "off", words.text("check-admins-off"))
    wrong = [one for one in settings.admins if not MEMBER_ID.fullmatch(one)]
    if wrong:
        return Check(name, "wrong", words.text("check-admins-wrong", ids=", ".join(wrong)))
    return Check(name, "ok", words.text("check-ok"))


def _source(name: str, ping: Callable[[], str | None], words: Catalog) -> Check:
    problem = ping()
    if problem is None:
        return Check(name, "ok", words.text("check-ok"))
    return Check(name, "wrong", words.text("check-source-down", reason=_one_line(problem)))


def _model(model: Model | None, words: Catalog) -> Check:
    """One word asked for, which tells address, key and name in one."""
    if model is None:
        return Check("model", "off", words.text("check-model-off"))
    try:
        model.complete(Prompt(system="", user="Say: ok", name="check"), max_tokens=16)
    except BudgetSpentError:
        return Check("model", "ok", words.text("check-model-budget", model=model.name))
    except ModelError as error:
        about = _ABOUT.get(str(error.arguments.get("outcome")), "other")
        return Check("model", "wrong", _model_words(about, error, model, words))
    return Check("model", "ok", words.text("check-model-ok", model=model.name))


def _embedding(model: Model | None, words: Catalog) -> Check:
    name = "PAPERBOY_EMBEDDING_MODEL"
    if model is None or model.embedding_name is None:
        return Check(name, "wrong", words.text("check-embedding-without-model"))
    try:
        model.embed(["ok"])
    except BudgetSpentError:
        return Check(name, "ok", words.text("check-model-budget", model=model.embedding_name))
    except ModelError as error:
        text = words.text(
            "check-embedding-wrong", model=model.embedding_name, reason=_one_line(error)
        )
        return Check(name, "wrong", text)
    return Check(name, "ok", words.text("check-model-ok", model=model.embedding_name))


def _model_words(about: str, error: ModelError, model: Model, words: Catalog) -> str:
    reason = _one_line(error)
    if about != "name":
        return words.text(f"check-model-{about}", reason=reason)
    try:
        served = model.served_models()
    except ModelError:
        served = []
    near = [name for name, *_ in process.extract(model.name, served, limit=NAMES_SHOWN)]
    return words.text(
        "check-model-name", model=model.name, near=", ".join(near) or "-", reason=reason
    )


def _one_line(reason: object) -> str:
    return " ".join(str(reason).split())


def _refused(error: SlackError, words: Catalog, remedy: str) -> str:
    if error.code in ("unreachable", "no_answer"):
        return words.text("check-slack-unreachable")
    return words.text(remedy, code=error.code)
