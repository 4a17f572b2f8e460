"""``.env`` as people's editors save it."""

import codecs
import os
from pathlib import Path
from unittest import mock

import pytest

from bot.__main__ import load_settings
from bot.languages import catalog
from tests.process import paperboy

TEXT = "# 한국어 주석\nPAPERBOY_LANGUAGE=en\nPAPERBOY_STYLE=bread\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_the_file_is_read_whatever_wrote_it(encoding: str, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(TEXT.encode(encoding))
    with mock.patch.dict(os.environ):
        load_settings(tmp_path / ".env")
        assert os.environ["PAPERBOY_STYLE"] == "bread"


@pytest.mark.parametrize("body", [TEXT.encode("utf-16-le"), b"\x00\x01", codecs.BOM_UTF16 + b"x"])
def test_a_file_that_cannot_be_read_is_told_in_one_line(body: bytes, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(body)
    with pytest.raises(SystemExit) as ended:
        load_settings(tmp_path / ".env")
    (line,) = str(ended.value).splitlines()
    assert line.startswith("paperboy: ")
    assert "UTF-8" in line


def test_what_the_file_sets_and_nobody_else_is_heeded(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(TEXT, encoding="cp949")
    ended = paperboy("stats", settings={"PAPERBOY_LANGUAGE": "ko"}, cwd=tmp_path)
    assert ended.returncode == 1
    assert "PAPERBOY_STYLE" in ended.stderr
    assert "PAPERBOY_LANGUAGE" not in ended.stderr


def test_a_key_that_is_still_a_placeholder_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OPENAI_API_KEY=여기에-키\n", encoding="utf-8")
    ended = paperboy("check", settings={"PAPERBOY_LANGUAGE": "en"}, cwd=tmp_path)
    assert ended.returncode == 1
    told = catalog("en").text("settings-use-ascii")
    assert "OPENAI_API_KEY" in ended.stdout + ended.stderr
    assert told in ended.stdout + ended.stderr
    assert "여기에" not in ended.stdout + ended.stderr
