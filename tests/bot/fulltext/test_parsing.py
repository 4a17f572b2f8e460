import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.fulltext import parsing
from bot.fulltext.parsing import Limits, parse
from tests.bot.fulltext.papers import (
    Put,
    latexml,
    make_pdf,
    para,
    paragraph,
    pdf_bomb,
    prose,
    section,
)
from tests.shared_data import shared_data


def pdf_of(pages: int) -> bytes:
    return make_pdf([paragraph(prose(f"ants{number}", 60), 72, 740) for number in range(pages)])


def test_a_child_gives_what_the_parser_gives() -> None:
    document = parse(latexml(section("1", "A", para("Text."))), "html", "https://arxiv.org/html/1")
    assert [block.text for block in document.blocks] == ["Text."]
    document = parse(pdf_of(2), "pdf")
    assert [block.page for block in document.blocks] == [1, 2]
    assert document.problem is None


def test_one_page_is_enough_and_of_very_many_two_hundred_are_read() -> None:
    assert parse(pdf_of(1), "pdf").problem is None
    document = parse(pdf_of(230), "pdf")
    assert document.problem == "only 200 of 230 pages read"
    assert document.blocks[-1].page == 200


def test_an_encrypted_pdf_is_told() -> None:
    data = pdf_of(1).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >> /ID [<01> <01>]",
    )
    document = parse(data, "pdf")
    assert document.blocks == ()
    assert document.problem == "encrypted PDF"


def test_broken_files_give_what_they_have_and_never_raise() -> None:
    whole = pdf_of(4)
    damaged = [b"", b"%PDF-1.4", b"no pdf at all", whole[: len(whole) // 2]]
    for data in damaged:
        document = parse(data, "pdf")
        assert document.blocks or document.problem


def test_random_damage_never_raises() -> None:
    chance = random.Random(7)
    whole = pdf_of(2)
    for _ in range(3):
        data = bytearray(whole)
        for _ in range(40):
            data[chance.randrange(len(data))] = chance.randrange(256)
        document = parse(bytes(data), "pdf")
        assert document.blocks or document.problem


def test_a_parser_that_hangs_is_stopped_and_its_pages_are_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hang = (
        "import time; import bot.fulltext.pdf_reading as reading\n"
        "original = reading._read\n"
        "def slow(page, number):\n"
        "    if number == 3: time.sleep(600)\n"
        "    return original(page, number)\n"
        "reading._read = slow\n"
    )
    with_sitecustomize(monkeypatch, tmp_path, hang)
    document = parse(pdf_of(5), "pdf", limits=Limits(seconds=6))
    assert document.problem == "stopped after 6 s at page 3 of 5"
    assert [block.page for block in document.blocks] == [1, 2]


def test_a_parser_that_crashes_takes_nothing_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    crash = (
        "import os; import bot.fulltext.pdf_reading as reading\n"
        "original = reading._read\n"
        f"def bad(page, number):\n"
        f"    if number == 2: os.kill(os.getpid(), {int(signal.SIGSEGV)})\n"
        "    return original(page, number)\n"
        "reading._read = bad\n"
    )
    with_sitecustomize(monkeypatch, tmp_path, crash)
    document = parse(pdf_of(3), "pdf")
    assert document.problem == f"parser ended ({-signal.SIGSEGV}) at page 2 of 3"
    assert [block.page for block in document.blocks] == [1]


def test_a_file_that_wants_all_memory_is_stopped() -> None:
    page = latexml(section("1", "A", para("word " * 2_000_000)))
    document = parse(page, "html", limits=Limits(memory_bytes=20_000_000))
    assert document.problem is not None
    assert document.blocks == ()


def test_a_small_pdf_that_unpacks_to_gigabytes_fits_into_a_small_host(tmp_path: Path) -> None:
    """Measured in a process of its own, since the high-water mark of this one stands already."""
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(pdf_bomb(b"BT /F1 9 Tf 1 0 0 1 50 700 Tm (ants) Tj ET\n" * 1_000, 6_000))
    assert bomb.stat().st_size < 1_000_000
    measure = (
        "import resource, sys; from pathlib import Path; from bot.fulltext.parsing import parse\n"
        "document = parse(Path(sys.argv[1]).read_bytes(), 'pdf')\n"
        # Unlike ru_maxrss, this does not count the memory of whoever started the process.
        "peak = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
        "childs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
        "print(int(peak) // 1024, childs // 1024, document.problem, sep=';')"
    )
    command = [sys.executable, "-c", measure, str(bomb)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    ours, childs, problem = told.strip().split(";")
    assert int(ours) < 100
    assert int(ours) + int(childs) < 350
    assert problem.startswith(("parser ended", "stopped"))


def test_files_are_parsed_one_at_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log = tmp_path / "log"
    note = (
        "import atexit\n"
        f"def note(what):\n    with open({str(log)!r}, 'a') as log: log.write(what)\n"
        "note('+')\natexit.register(note, '-')\n"
    )
    with_sitecustomize(monkeypatch, tmp_path, note)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: parse(pdf_of(1), "pdf"), range(2)))
    assert log.read_text() == "+-+-"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a score")
def test_the_child_is_the_first_to_go_when_the_machine_has_no_memory_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    written = tmp_path / "score"
    read = f"open({str(written)!r}, 'w').write(open('/proc/self/oom_score_adj').read())"
    with_sitecustomize(monkeypatch, tmp_path, f"import atexit\natexit.register(lambda: {read})\n")
    parse(pdf_of(1), "pdf")
    assert written.read_text().strip() == "1000"


def test_the_child_knows_nothing_of_our_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    written = tmp_path / "environment"
    with_sitecustomize(
        monkeypatch,
        tmp_path,
        f"import os; open({str(written)!r}, 'w').write(repr(sorted(os.environ)))\n",
    )
    parse(pdf_of(1), "pdf")
    assert "OPENAI_API_KEY" not in written.read_text()


def test_a_page_of_single_letters_costs_little() -> None:
    letters = [Put("x", 20 + (at % 50) * 10, 780 - at // 50, size=3) for at in range(10_000)]
    document = parse(make_pdf([letters] * 2), "pdf", limits=Limits(seconds=30))
    assert sum(len(block.text) for block in document.blocks) < 200_000


def test_a_real_page_cut_off_in_the_middle_gives_its_beginning() -> None:
    page = shared_data("arxiv_fulltext/latexml_html/1706.03762.html").read_bytes()
    document = parse(page[: len(page) // 3], "html", "https://arxiv.org/html/1706.03762")
    assert any("3 Model Architecture" in block.section for block in document.blocks)


def with_sitecustomize(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """Lets the child run *code* before its own."""
    (folder / "sitecustomize.py").write_text(
        f"import sys\nsys.path.append({sys.path[0]!r})\n{code}"
    )
    path = f"{folder}:{parsing._ENVIRONMENT['PYTHONPATH']}"
    monkeypatch.setattr(parsing, "_ENVIRONMENT", {**parsing._ENVIRONMENT, "PYTHONPATH": path})


def test_many_columns_and_pages_of_nothing_are_no_problem() -> None:
    document = parse(make_pdf([[Put(".", 10, 10)], [], []]), "pdf")
    assert document.problem is None or "no text" in document.problem
