"""Real data that lies beside the checkout on the authors' machines and is not part of it."""

from pathlib import Path

import pytest

_FOLDERS = [
    folder / "shared" / "data"
    for folder in (Path(__file__).resolve().parents[1], *Path(__file__).resolve().parents[2:4])
]


def shared_folder() -> Path | None:
    """The folder with the real data, or None where it doesn't exist."""
    return next((folder for folder in _FOLDERS if folder.is_dir()), None)


def shared_data(name: str) -> Path:
    """The path of one real file or folder; the test is skipped where there is none."""
    folder = shared_folder()
    if folder is None or not (folder / name).exists():
        pytest.skip(f"needs the real data ({name}), which is not part of the checkout")
    return folder / name
