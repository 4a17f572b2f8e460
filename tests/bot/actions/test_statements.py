"""How many statements the database is sent for what members ask most: on a server each is a way
there and back."""

from collections.abc import Callable

import pytest

from storage import Paper, Relation
from storage.connections import Connections
from tests.bot.actions.conftest import DAY, NOW, PAPERS, Room

Ask = Callable[[Room], object]


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch, room: Room) -> list[str]:
    """What is sent from now on, transactions not counted."""
    sent: list[str] = []
    kind = type(room.storage._connections)
    for name in ("_fetched", "execute", "executemany"):
        monkeypatch.setattr(kind, name, _noting(sent, getattr(kind, name)))
    return sent


def _noting(sent: list[str], send: Callable[..., object]) -> Callable[..., object]:
    def noted(self: Connections, sql: str, *rest: object, **named: object) -> object:
        sent.append(sql)
        return send(self, sql, *rest, **named)

    return noted


@pytest.mark.parametrize(
    ("ask", "most"),
    [
        (lambda room: room.actions.listings.today("C1", "ko"), 10),
        (lambda room: room.actions.listings.day("C1", DAY.isoformat(), "en"), 9),
        (lambda room: room.actions.home.view("U1", "en"), 9),
        (lambda room: room.actions.cards.show("C1", PAPERS[0].id, "en"), 8),
        (lambda room: room.actions.status.message("C1", "en"), 6),
        (lambda room: room.actions.saved.save("C1", PAPERS[0].id, "U1", "en"), 3),
    ],
    ids=["today", "day", "home", "show", "status", "save"],
)
def test_a_request_takes_few_statements(
    room: Room, statements: list[str], ask: Ask, most: int
) -> None:
    room.storage.listings.save("huggingface", NOW.date(), [], settled=True, now=NOW)
    statements.clear()
    ask(room)
    assert len(statements) <= most, "\n".join(statements)


def test_a_list_takes_as_many_statements_however_many_papers_have_relations(
    room: Room, statements: list[str]
) -> None:
    def counted(*related: Paper) -> int:
        for one in related:
            relation = Relation(one.id, PAPERS[0].id, 0.9, strong=True)
            room.storage.relations.save(one.id, [relation])
        statements.clear()
        room.actions.listings.day("C1", DAY.isoformat(), "en")
        return len(statements)

    assert counted(PAPERS[1]) == counted(*PAPERS[1:])
