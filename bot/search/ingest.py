"""Brings words and vectors of stored papers into the index; what is there and right is left."""

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from typing import TypeVar

from bot.errors import ModelError
from bot.languages import LANGUAGES
from bot.search.embedder import Embedder, to_bytes
from bot.search.ranking import passage_text
from bot.text.words import index_text
from storage import IndexedText, Paper, Storage, StoredVector, Summary

logger = logging.getLogger(__name__)

_PAPERS_AT_ONCE = 500
_TEXTS_AT_ONCE = 64
_Item = TypeVar("_Item")


def index_papers(storage: Storage, embedder: Embedder | None, paper_ids: Sequence[str]) -> None:
    """Index titles, people, abstracts, summaries and passages of these papers: what belongs to
    nobody, whatever the team of *storage*."""
    storage = storage.of_nobody()
    for ids in _batches(list(dict.fromkeys(paper_ids)), _PAPERS_AT_ONCE):
        papers = storage.papers.get_many(ids)
        _index_words(storage, papers)
        _index_passages(storage, ids)
        if embedder is not None and not _embed(storage, embedder, papers):
            embedder = None


def index_member_texts(storage: Storage) -> None:
    """Index the words of the team's notes and corrections that are not indexed yet."""
    notes = storage.member_texts.new_notes()
    corrections = storage.member_texts.new_corrections()
    if not notes and not corrections:
        return
    with storage.transaction():
        storage.member_texts.save_notes([(one, index_text(text)) for one, text in notes])
        storage.member_texts.save_corrections(
            [(one, index_text(_strings(json.loads(content)))) for one, content in corrections]
        )


def _strings(part: object) -> str:
    """Every text that stands anywhere in a correction."""
    if isinstance(part, dict):
        part = [inner for key, inner in part.items() if key != "slot"]
    if isinstance(part, list):
        return "\n".join(map(_strings, part))
    return part if isinstance(part, str) else ""


def _embed(storage: Storage, embedder: Embedder, papers: Sequence[Paper]) -> bool:
    """Make the missing vectors; False when the embedder is down: the next run makes them."""
    try:
        _embed_papers(storage, embedder, papers)
        _embed_passages(storage, embedder, [paper.id for paper in papers])
    except ModelError as error:
        logger.warning("no embeddings for now: %s", error)
        return False
    return True


def summary_text(summary: Summary) -> str:
    """All that a summary says; its sentence only once where it was taken from what follows."""
    told = [
        *(highlight.text for highlight in summary.highlights),
        *(section.text for section in summary.sections),
        *summary.introduction,
    ]
    sentence = [] if any(summary.tldr in one for one in told) else [summary.tldr]
    return "\n".join([*sentence, *told, " ".join(summary.keywords)])


def _index_words(storage: Storage, papers: Sequence[Paper]) -> None:
    ids = [paper.id for paper in papers]
    known = storage.search.content_hashes(ids)
    summaries = storage.summaries.in_languages(ids, LANGUAGES).values()
    titles = [storage.archive.titles_in(language, ids) for language in LANGUAGES]
    translated = storage.papers.translations(ids)
    texts = []
    for paper in papers:
        told = [found[paper.id] for found in summaries if paper.id in found]
        named = [found[paper.id] for found in titles if paper.id in found]
        abstracts = [paper.abstract, *translated[paper.id].values()]
        texts.append(_indexed(paper, named, abstracts, told))
    storage.search.save_texts([one for one in texts if known.get(one.paper_id) != one.content_hash])


def _indexed(
    paper: Paper, titles: Sequence[str], abstracts: Sequence[str], summaries: Sequence[Summary]
) -> IndexedText:
    title = index_text("\n".join(dict.fromkeys((paper.title, *titles))))
    people = index_text(" ".join([*paper.authors, paper.organization or ""]))
    abstract = index_text("\n".join(abstracts))
    told = [summary_text(one) for one in summaries]
    further = [" ".join(paper.keywords), paper.ai_summary or ""]
    summary = index_text("\n".join([*told, *further]))
    return IndexedText(
        paper_id=paper.id,
        content_hash=text_hash("\x1f".join((title, people, abstract, summary))),
        title=title,
        people=people,
        abstract=abstract,
        summary=summary,
    )


def _index_passages(storage: Storage, paper_ids: Sequence[str]) -> None:
    for batch in _batches(storage.words.unindexed_passages(paper_ids), _TEXTS_AT_ONCE):
        storage.words.save_passages(
            [(one, index_text(passage_text(section, text))) for one, section, text in batch]
        )


def _embed_papers(storage: Storage, embedder: Embedder, papers: Sequence[Paper]) -> None:
    texts = {paper.id: embedded_text(paper) for paper in papers}
    hashes = {one: text_hash(text) for one, text in texts.items()}
    known = storage.search.vector_hashes(list(texts), model=embedder.name)
    stale = [one for one in texts if known.get(one) != hashes[one]]
    for batch in _batches(stale, _TEXTS_AT_ONCE):
        vectors = embedder.embed([texts[one] for one in batch])
        storage.search.save_paper_vectors(
            [
                StoredVector(one, embedder.name, len(vector), to_bytes(vector), hashes[one])
                for one, vector in zip(batch, vectors, strict=True)
            ]
        )


def _embed_passages(storage: Storage, embedder: Embedder, paper_ids: Sequence[str]) -> None:
    missing = storage.search.passages_without_vector(paper_ids, model=embedder.name)
    for batch in _batches(missing, _TEXTS_AT_ONCE):
        vectors = embedder.embed([passage_text(section, text) for _, _, section, text in batch])
        storage.search.save_passage_vectors(
            {
                passage_id: StoredVector(paper_id, embedder.name, len(vector), to_bytes(vector))
                for (passage_id, paper_id, _, _), vector in zip(batch, vectors, strict=True)
            }
        )


def embedded_text(paper: Paper) -> str:
    """What a paper's vector is made of."""
    return f"{paper.title}. {paper.abstract}".strip()


def text_hash(text: str) -> str:
    """Tells whether what is indexed of a paper is still right."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _batches(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]
