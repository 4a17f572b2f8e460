"""``paperboy demo --once`` as a newcomer types it: an empty folder, an empty environment."""

from pathlib import Path

import pytest

from tests.process import paperboy


@pytest.mark.parametrize(
    ("language", "question", "header"),
    [
        ("ko", "이 논문의 한계가 뭐야?", "AI 논문 브리핑"),
        ("en", "What are the limitations of this paper?", "AI papers"),
    ],
)
def test_the_demo_shows_a_whole_morning(
    tmp_path: Path, language: str, question: str, header: str
) -> None:
    settings = {} if language == "ko" else {"PAPERBOY_LANGUAGE": language}
    shown = paperboy("demo", "--once", settings=settings, cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert header in shown.stdout
    assert "DAPO" in shown.stdout
    assert question in shown.stdout
    after = shown.stdout.split(question, 1)[1]
    assert "▌ Paperboy" in after
    assert shown.stderr == ""
    assert list(tmp_path.iterdir()) == []
