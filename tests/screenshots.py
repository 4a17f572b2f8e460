"""Pictures of the local workspace for the README: ``python -m tests.screenshots URL FOLDER``.

The URL is that of a running ``paperboy demo``; Chromium must be installed. The pictures are named
after the language of the demo's member. `pngquant --ext .png --force` makes them small.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.workspace.seed import ALICE, DAILY, MINJI
from tests.bot.workspace.browser import Tab, chromium

SIZE = {"width": 1240, "height": 760}
WROTE = "[...document.querySelectorAll('.ephemeral')].at(-1)"


def morning(tab: Tab) -> None:
    """The digest in its channel."""
    tab.wait("document.querySelector('.message')")
    # Again and again, until the page has noticed that its reader left the end.
    tab.wait("((list) => (list.scrollTop = 0, !list.atEnd))(document.querySelector('.messages'))")


def command(tab: Tab) -> None:
    """A slash command and its answer, which only its user sees."""
    tab.run("document.querySelector('.composer-text').focus()")
    tab.type("/papers help")
    tab.run("document.querySelector('.send').click()")
    tab.wait(f"{WROTE}?.innerText.includes('/papers show')")


def modal(tab: Tab) -> None:
    """The subscription modal, with an error next to a field."""
    tab.run("document.querySelector('.composer-text').focus()")
    tab.type("/papers settings")
    tab.run("document.querySelector('.send').click()")
    tab.wait("document.querySelector('.modal input[type=number]')")
    tab.run("document.querySelector('.modal input[type=number]').select()")
    tab.type("99")
    tab.run("document.activeElement.dispatchEvent(new Event('change'))")
    tab.run("document.querySelector('.modal .button-primary').click()")
    tab.wait("document.querySelector('.modal .error')")


def thread(tab: Tab) -> None:
    """A paper's thread with a question and its answer."""
    tab.run("[...document.querySelectorAll('.replies')].at(-1).click()")
    tab.wait("document.querySelector('.thread .message:nth-of-type(3)')")


def home(tab: Tab) -> None:
    """The Home tab."""
    tab.run("[...document.querySelectorAll('.rooms .room')].at(-1).click()")
    tab.wait("document.querySelector('.home .block')")


def log(tab: Tab) -> None:
    """The drawer of payloads and calls."""
    tab.run("document.querySelector('.head .icon-code').parentElement.click()")
    tab.wait("document.querySelector('.log-entry')")


SCENES = {
    "morning": morning,
    "command": command,
    "thread": thread,
    "home": home,
    "log": log,
    "modal": modal,
}
DARK = {"thread"}


def pictures(url: str, profile: Path) -> Iterator[tuple[str, bytes]]:
    """Each scene for a Korean and an English reader."""
    with chromium(profile) as tab:
        for member in (MINJI, ALICE):
            for name, play in SCENES.items():
                tab.look(**SIZE, dark=name in DARK)
                tab.open(f"{url}#/{member.id}/{DAILY.id}")
                tab.wait("document.querySelector('.message')")
                play(tab)
                yield f"{name}-{member.locale[:2]}.png", tab.picture()
                tab.run("document.querySelector('.modal .icon-close')?.parentElement.click()")


def main() -> None:
    url, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        for name, content in pictures(url, Path(profile)):
            (folder / name).write_bytes(content)
            print(f"{folder / name}: {len(content) // 1024} KB")


if __name__ == "__main__":
    main()
