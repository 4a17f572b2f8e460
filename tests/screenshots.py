"""Pictures of the local workspace for the README: ``python -m tests.screenshots [FOLDER]``.

Makes them all anew, in `.images` unless told otherwise: plays the demo's morning in both languages
and looks at it with Chromium. Where `pngquant` is installed it makes them small.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bot.cli.demo_morning import DemoMorning
from bot.cli.demo_workspace import demo_workspace
from bot.languages import catalog
from bot.services import Services
from bot.settings import Settings
from bot.telemetry.logs import set_up_logging
from bot.workspace import Workspace
from bot.workspace.records import Channel, Member
from bot.workspace.seed import ALICE, DAILY, MINJI, RESEARCH
from tests.bot.workspace.browser import Tab, chromium

FOLDER = Path(__file__).resolve().parents[1] / ".images"
WIDE = {"width": 1240, "height": 760}
PHONE = {"width": 390, "height": 760}
HIDDEN = "[...document.querySelectorAll('.ephemeral')].at(-1)"


def typed(tab: Tab, words: str) -> None:
    """Write something into the channel and send it."""
    tab.run("document.querySelector('.main .composer-text').focus()")
    tab.type(words)
    tab.run("document.querySelector('.main .send').click()")


def morning(tab: Tab) -> None:
    """The digest as it is met: at the line before what is new."""
    tab.wait("document.querySelector('.new-line')")


def cards(tab: Tab) -> None:
    """A paper's own message, under the short list of the layout with cards."""
    tab.wait("document.querySelectorAll('.message').length > 3")
    tab.run("document.querySelectorAll('.message')[1].scrollIntoView({block: 'start'})")


def today(tab: Tab) -> None:
    """A slash command and its answer, which only its user sees."""
    typed(tab, "/papers today")
    tab.wait(f"{HIDDEN}?.querySelectorAll('.block-section').length > 5")
    tab.run(f"{HIDDEN}.scrollIntoView({{block: 'start'}})")


def modal(tab: Tab) -> None:
    """The subscription modal, with an error next to a field."""
    typed(tab, "/papers subscribe")
    sources = "[...document.querySelectorAll('.modal input:not([type=time])')].at(0)"
    tab.wait(sources)
    tab.run(f"{sources}.select()")
    tab.type("arxiv:")
    tab.run("document.activeElement.dispatchEvent(new Event('change'))")
    tab.run("document.querySelector('.modal .button-primary').click()")
    tab.wait("document.querySelector('.modal .error')")


def thread(tab: Tab) -> None:
    """A paper's card, and its thread with a question and the answer."""
    tab.run("[...document.querySelectorAll('.replies')].at(-1).click()")
    tab.wait("document.querySelectorAll('.thread .message').length > 2")
    tab.run(
        "[...document.querySelectorAll('.replies')].at(-1).closest('.message')"
        ".scrollIntoView({block: 'start'})"
    )


def home(tab: Tab) -> None:
    """The Home tab."""
    tab.run("[...document.querySelectorAll('.rooms .room')].at(-1).click()")
    tab.wait("document.querySelectorAll('.home .block').length > 8")


def log(tab: Tab) -> None:
    """The drawer of payloads and calls."""
    tab.run("document.querySelector('.head .icon-code').parentElement.click()")
    tab.wait("document.querySelector('.log-entry')")


Play = Callable[[Tab], None]
SCENES: Mapping[str, tuple[Play, Channel]] = {
    "morning": (morning, DAILY),
    "cards": (cards, RESEARCH),
    "thread": (thread, DAILY),
    "today": (today, DAILY),
    "home": (home, DAILY),
    "log": (log, DAILY),
    "phone": (morning, DAILY),
    "modal": (modal, DAILY),
}
DARK = {"thread-en", "phone-ko"}
ONLY_ENGLISH = {"log"}


def pictures(tab: Tab, workspace: Workspace, member: Member) -> Iterator[tuple[str, bytes]]:
    """Each scene for one reader."""
    language = member.locale[:2]
    for scene, (play, channel) in SCENES.items():
        name = f"{scene}-{language}"
        if scene in ONLY_ENGLISH and language != "en":
            continue
        tab.look(**(PHONE if scene == "phone" else WIDE), dark=name in DARK)
        tab.open(workspace.page_url_of(member.id, channel.id))
        tab.wait("document.querySelector('.message')")
        play(tab)
        yield f"{name}.png", tab.picture()


def rehearse(workspace: Workspace, services: Services, language: str) -> None:
    """The demo's morning, and one more channel that wants a message for each paper."""
    DemoMorning(workspace, services, catalog(language), lambda _text: None).play()
    (daily,) = services.storage.subscriptions.active()
    wish = replace(daily, channel=RESEARCH.id, layout="cards", style="highlights", count=6)
    services.storage.subscriptions.save(wish, now=services.clock())
    services.morning.run(wish, now=services.clock())
    workspace.wait_for(lambda: len(workspace.messages(RESEARCH.id)) > wish.count, 60)


def small(folder: Path) -> None:
    """Fewer colours, a third of the bytes."""
    if shutil.which("pngquant") is None:
        print("pngquant is not installed: the pictures stay large")
        return
    files = sorted(folder.glob("*.png"))
    quantize = ["pngquant", "--ext", ".png", "--force", "--strip", "--speed", "1", "96"]
    subprocess.run([*quantize, *files], check=True)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    set_up_logging("error")
    with tempfile.TemporaryDirectory() as profile, chromium(Path(profile)) as tab:
        for member in (MINJI, ALICE):
            language = member.locale[:2]
            with demo_workspace(Settings(language=language)) as (workspace, services):
                rehearse(workspace, services, language)
                for name, content in pictures(tab, workspace, member):
                    (folder / name).write_bytes(content)
    small(folder)
    for one in sorted(folder.glob("*.png")):
        print(f"{one.name}: {one.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
