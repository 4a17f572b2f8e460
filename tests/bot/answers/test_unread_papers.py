"""A paper that nobody has read yet is read before a question about it is answered."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from bot.answers import Answers, Ask
from bot.search import SearchIndex
from storage import Fulltext, Paper, Passage, Storage

NEW = Paper("2503.09999", "Lantern: Night Vision for Robots", "Robots see badly at night.")


class Arrival:
    """Stores a full text when it is asked for one, as the real service does."""

    def __init__(self, storage: Storage, now: datetime) -> None:
        self._storage = storage
        self._now = now
        self.asked: list[str] = []

    def ensure(self, paper: Paper) -> Fulltext:
        self.asked.append(paper.id)
        text = "A limitation is that Lantern fails in fog, where its sensor sees 3 metres at most."
        fulltext = Fulltext(paper.id, 1, "html")
        passages = [Passage(0, text, section="5 Limitations", anchor="S5")]
        self._storage.fulltexts.save(fulltext, passages, now=self._now)
        return fulltext


def test_the_full_text_is_fetched_once_and_cited(storage: Storage, now: datetime) -> None:
    storage.papers.save([NEW], now=now)
    arrival, told = Arrival(storage, now), list[str]()
    search = SearchIndex(storage, None)
    answers = Answers(storage, search, None, fulltexts=arrival)
    ask = Ask("What are the limitations?", (NEW.id,), "en")
    answer = answers.answer(ask, on_status=told.append)
    assert "fog" in answer.text
    assert any(one.url.endswith("#S5") for one in answer.citations)
    assert NEW.title in told[0]
    answers.answer(ask)
    assert arrival.asked == [NEW.id]


def test_questions_at_once_about_an_unread_paper_share_one_reading(
    storage: Storage, now: datetime
) -> None:
    storage.papers.save([NEW], now=now)
    arrival = Arrival(storage, now)
    answers = Answers(storage, SearchIndex(storage, None), None, fulltexts=arrival)
    together = Barrier(8)

    def ask(number: int) -> str:
        together.wait()
        return answers.answer(Ask(f"What are the limitations? ({number})", (NEW.id,), "en")).text

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(ask, range(8)))
    assert all("fog" in one for one in told)
    assert arrival.asked == [NEW.id]
    assert storage.words.unindexed_passages([NEW.id]) == []
