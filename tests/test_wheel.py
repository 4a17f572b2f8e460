"""The wheel holds everything that the program reads, so that pipx and uv install it whole."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = (".md", ".ftl", ".json", ".html", ".css", ".js", ".png", ".svg", ".npz", ".mo", ".sql")


@pytest.mark.slow
def test_the_demo_runs_from_the_built_wheel(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)]
    subprocess.run(pip, check=True, timeout=100)
    (wheel,) = tmp_path.glob("paperboy-*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
        names = set(packed.namelist())
    wanted = {
        str(path.relative_to(ROOT))
        for room in ("bot", "handlers", "storage")
        for path in (ROOT / room).rglob("*")
        if path.suffix in DATA and "__pycache__" not in path.parts
    }
    assert wanted - names == set()
    told = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--once"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(site), "LANG": "en_US.UTF-8"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "Paperboy" in told.stdout
