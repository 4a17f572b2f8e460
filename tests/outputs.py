"""What each command prints, Korean and English side by side, to be read by a person.

``python -m tests.outputs [--width 76] [COMMAND…]`` runs the commands whose names are given, or all:
their help, what they do on the bundled papers beside a local workspace, and what they say to wrong
input, to an empty database, and where nothing outside can be reached.
"""

import argparse
import contextlib
import io
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing
from itertools import dropwhile, takewhile
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bot.cli.run import command_names, run_command_line
from bot.clock import utc_now
from bot.languages import LANGUAGES
from bot.sample import load_sample
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI, RANDOM
from storage import Note, open_storage
from tests.model_server import ModelReply, ModelServer
from tests.process import by_words
from tests.screens import side_by_side

PAPER = "2503.14476"
DAY = "2025-03-19"
SILENT = "http://127.0.0.1:9"
EMPTY = "PAPERBOY_DATABASE=empty.db"

# Run in this order; settings of a line's own stand before the command, as in a shell.
LINES = f"""
--version
--help
serch
--nonsense
--team
PAPERBOY_FOO=1 stats
PAPERBOY_MODLE=gpt stats
PAPERBOY_DIGEST_TIME=25:00 PAPERBOY_TIMEZONE=Seoul PAPERBOY_WEEKDAYS=x PORT=0 stats
PAPERBOY_DATABASE=broken.db stats
PAPERBOY_DATABASE=missing/paperboy.db stats
PAPERBOY_DATABASE=postgresql://nobody@127.0.0.1:9/none stats
ask
ask {PAPER}
ask {PAPER} ""
ask 9999.99999 "What is it?"
ask {PAPER} "What are the limitations?"
ask {PAPER} "한계가 뭐야?"
{EMPTY} ask DAPO "What is it?"
backup
backup copy.db
backup copy.db
backup nowhere/copy.db
backup .
check
PAPERBOY_DATABASE=missing/paperboy.db SLACK_BOT_TOKEN= SLACK_APP_TOKEN= check
PAPERBOY_DATABASE=broken.db SLACK_BOT_TOKEN=xoxb-wrong SLACK_APP_TOKEN=xapp-wrong check
PAPERBOY_CHANNEL={RANDOM.id} PAPERBOY_ADMINS=Minji OPENAI_API_KEY= OPENAI_BASE_URL={SILENT}/v1 check
PAPERBOY_CHANNEL=C0NONE OPENAI_BASE_URL=MODEL/v1 PAPERBOY_MODEL=gone check
OPENAI_BASE_URL=MODEL/ PAPERBOY_MODEL=stub check
SLACK_API_URL={SILENT}/api/ check
collect
collect --date tomorrow
collect --date 2999-01-01
collect --date {DAY} --from {DAY}
collect --from 2025-03-20 --to {DAY}
collect --date {DAY}
demo --port 99999
demo --once
digest
{EMPTY} digest
{EMPTY} digest --date {DAY}
digest --date 2020-01-01
digest --style loud
digest --count 0
digest --language fr
digest --channel {DAILY.id}
digest --channel {DAILY.id}
digest --channel {RANDOM.id}
SLACK_BOT_TOKEN= digest --channel {DAILY.id}
export
export --style brief --out out
export --style weekly --out out
export --style brief --date {DAY} --out out --offline
export --style brief --date 2020-01-01 --out out --offline
export --style weekly --week 2025-W12 --out out --offline
export --style weekly --week 2025-W99 --out out --offline
forget
forget {MINJI.id} --dry-run
forget {MINJI.id} --yes
forget {MINJI.id} --yes
forget --workspace --dry-run
import
import nowhere
import empty
import out --offline --dry-run
import out --offline
import shopping --offline
init --nonsense
init --no-browser
init --no-browser --bot-token garbage
init --no-browser --time 25:00
manifest --link
migrate --from nowhere.db
migrate --from copy.db
morning
SLACK_BOT_TOKEN= morning
PAPERBOY_CHANNEL= {EMPTY} morning
morning --now
SLACK_BOT_TOKEN= run
SLACK_APP_TOKEN= SLACK_SIGNING_SECRET= run
run --now C0NONE
saved
saved --member U0NONE
saved --format doc
{EMPTY} saved
search
search ""
search reinforcement
search "zzz qqq"
search "saved: year:x reinforcement"
{EMPTY} search reinforcement
stats
{EMPTY} stats
summarize
summarize --paper 9999.99999
summarize --paper {PAPER} --again
{EMPTY} summarize
weekly --week 2025-W12
weekly --week last
weekly --week 2020-W01
{EMPTY} weekly --week 2025-W12
"""


def outputs(names: Sequence[str], *, width: int) -> Iterator[str]:
    """The lines to print."""
    helps = [f"{name} --help" for name in command_names()]
    lines = [
        line
        for line in (*helps, *LINES.strip().splitlines())
        if not names or set(names) & set(shlex.split(line))
    ]
    # What click has once translated it keeps: each language has a process of its own.
    with ProcessPoolExecutor(len(LANGUAGES), mp_context=get_context("spawn")) as pool:
        told = pool.map(_told, LANGUAGES, [lines] * len(LANGUAGES))
        for line, left, right in zip(lines, *told, strict=True):
            yield f"\n━━ {line} ━━"
            yield from side_by_side(left, right, width)


def _told(language: str, lines: Sequence[str]) -> list[list[str]]:
    sys.stdin = io.StringIO()  # nobody answers
    with ExitStack() as stack:
        model = stack.enter_context(ModelServer(_no_model))
        model.only_under = "/v1"
        folder, settings = _home(language, stack)
        settings["MODEL"] = model.url.removesuffix("/v1")
        return [_run(shlex.split(line), folder, settings) for line in lines]


def _no_model(request: Mapping[str, Any]) -> ModelReply:
    return ModelReply(status=404, error=f"no model {request.get('model')}", code="model_not_found")


def _home(language: str, stack: ExitStack) -> tuple[Path, dict[str, str]]:
    """A folder with a database of the bundled papers, one that is broken, and an archive; and the
    settings of a bot that speaks *language* in a workspace of its own."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    workspace = stack.enter_context(Workspace())
    with closing(open_storage(folder / "paperboy.db")) as storage:
        load_sample(storage, utc_now(), language=language)
        storage.library.save(MINJI.id, PAPER, now=utc_now())
        storage.notes.add(Note(PAPER, MINJI.id, "To be read.", "slack", utc_now()))
    (folder / "broken.db").write_text("no database at all\n" * 99, encoding="utf-8")
    for name in ("empty", "shopping"):
        (folder / name).mkdir()
    (folder / "shopping" / "list.md").write_text("# Shopping\n\n- milk\n", encoding="utf-8")
    tokens = {"SLACK_APP_TOKEN": workspace.app_token, "PAPERBOY_LANGUAGE": language}
    return folder, by_words(workspace, folder, **tokens)


def _run(words: Sequence[str], folder: Path, settings: Mapping[str, str]) -> list[str]:
    arguments = list(dropwhile(lambda word: "=" in word, words))
    own = dict(
        word.replace("MODEL/", f"{settings['MODEL']}/").split("=", 1)
        for word in takewhile(lambda word: "=" in word, words)
    )
    told = io.StringIO()
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(told),
        contextlib.redirect_stderr(told),
    ):
        status = run_command_line(arguments, {**settings, **own}, speak=_speak)
    lines = told.getvalue().replace(str(folder), "FOLDER").splitlines()
    return [*filter(str.strip, lines), f"→ {status}"]


def _speak(language: str) -> None:
    os.environ["LANGUAGE"] = language


def main() -> None:
    """Print the outputs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--width", type=int, default=76)
    given = parser.parse_args()
    for line in outputs(given.names, width=given.width):
        print(line, flush=True)


if __name__ == "__main__":
    main()
