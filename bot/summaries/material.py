"""What a summary can be made of: abstract and passages, made harmless."""

from dataclasses import dataclass

from storage import Paper, Passage, Storage

ORIGINAL = "en"


@dataclass(frozen=True)
class Material:
    """A paper's texts for a summary in ``language``.

    ``abstract_language`` is the asked one where the abstract is stored in it. ``warnings`` are
    machine words, such as ``hidden-instructions``.
    """

    paper: Paper
    language: str
    abstract: str
    abstract_language: str
    passages: tuple[Passage, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def basis(self) -> str:
        """``fulltext`` when there is any, else ``abstract``."""
        return "fulltext" if self.passages else "abstract"

    @property
    def original(self) -> str:
        """The abstract that a model reads and translates."""
        return self.paper.abstract or self.abstract

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but the title."""
        return not (self.abstract or self.passages)


def gather(storage: Storage, paper: Paper, language: str) -> Material:
    """What is stored of *paper* that a summary in *language* can be made of."""
    abstract, found = storage.papers.abstract(paper.id, language), language
    if not abstract:
        abstract, found = paper.abstract, ORIGINAL
    passages = tuple(storage.fulltexts.passages(paper.id))
    return Material(paper, language, abstract, found, passages)
