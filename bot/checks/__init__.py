"""``paperboy check``: one line for each thing that has to be right, with its remedy."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.checks.check import Check
from bot.checks.outside import model_check, outside_checks
from bot.checks.slack import (
    UNFURL_SCOPES,
    admins_check,
    bot_token_check,
    channel_check,
    entrance_check,
    needed_scopes,
    single_workspace_checks,
)
from bot.checks.tenants import tenant_checks
from bot.languages import Catalog
from bot.services import Services
from bot.settings import Settings
from storage import (
    DatabaseUnusableError,
    NewerSchemaError,
    StorageError,
    Trouble,
    is_server,
    shown,
)

__all__ = [
    "UNFURL_SCOPES",
    "Check",
    "bot_token_check",
    "channel_check",
    "database_problem",
    "entrance_check",
    "model_check",
    "needed_scopes",
    "run_checks",
]


def run_checks(
    settings: Settings, words: Catalog, build: Callable[[Settings], Services]
) -> Iterator[Check]:
    """Check everything, one after the other; a step that fails never stops the next.

    *build* opens the database that its settings name.
    """
    yield Check("settings", "ok", words.text("check-settings-ok"))
    with _built(settings, words, build) as (services, database):
        yield database
        if not is_server(settings.database):
            yield _disk(settings, words)
        yield from _folders(settings, words)
        # On a scratch database nobody has subscribed or installed anything.
        real = services.storage if services and database.state == "ok" else None
        if settings.slack_client_id or settings.slack_client_secret:
            yield from tenant_checks(settings, real, words)
        else:
            yield from single_workspace_checks(settings, real, words)
        yield admins_check(settings, words)
        if services is not None:
            yield from outside_checks(services, words)


def database_problem(error: StorageError, file: str, words: Catalog) -> str:
    """What is the matter with the database *file*, and what to do, for whoever runs Paperboy."""
    match error:
        case NewerSchemaError(copy=None):
            return words.text("cli-newer-database", file=file)
        case NewerSchemaError(copy=copy):
            return words.text("cli-newer-database-copy", file=file, copy=str(copy))
        case DatabaseUnusableError(location=location, trouble=trouble, told=told):
            about = {"file": location, "trouble": trouble.value}
            return words.with_detail("cli-database-unusable", told, **about)
        case _:
            about = {"file": file, "trouble": Trouble.OTHER.value}
            return words.with_detail("cli-database-unusable", error, **about)


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
            text = database_problem(error, shown(settings.database), words)
            database = Check("database", "wrong", text)
            services = _on_scratch(settings, build, Path(folder))
        else:
            papers = services.storage.counts("papers")["papers"]
            text = words.text("check-database", file=services.storage.location, papers=papers)
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
        text = words.with_detail("check-folder-wrong", error.strerror or error, folder=folder)
        yield Check(name, "wrong", text)
