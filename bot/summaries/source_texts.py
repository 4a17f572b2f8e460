"""What a summary is made of: abstract and passages, without orders to language models."""

from dataclasses import dataclass, replace

from bot.fulltext.injection import InjectionFilter
from bot.sources.links import project_page, repository
from storage import Paper, Passage, Storage
from storage.papers import ORIGINAL_LANGUAGE

HIDDEN_INSTRUCTIONS = "hidden-instructions"


@dataclass(frozen=True)
class SourceTexts:
    """A paper's texts for a summary in ``language``.

    ``abstract_language`` is the same one if the abstract is stored in it. ``front`` is what stands
    between title and abstract: authors and where they work. ``warnings`` are
    identifiers such as ``hidden-instructions``.
    """

    paper: Paper
    language: str
    abstract: str
    abstract_language: str
    passages: tuple[Passage, ...] = ()
    warnings: tuple[str, ...] = ()
    front: str = ""

    @property
    def basis(self) -> str:
        """``fulltext`` when there is any, else ``abstract``."""
        return "fulltext" if self.passages else "abstract"

    @property
    def body(self) -> tuple[Passage, ...]:
        """The passages without those that repeat the abstract."""
        if not self.original:
            return self.passages
        return tuple(one for one in self.passages if one.section.lower() != "abstract")

    @property
    def original(self) -> str:
        """The abstract that a model reads and translates."""
        return self.paper.abstract or self.abstract

    @property
    def links(self) -> tuple[str, ...]:
        """The only links that may stand in a summary."""
        own = (repository(self.paper.code_url), project_page(self.paper.project_url))
        return (f"https://arxiv.org/abs/{self.paper.id}", *(link for link in own if link))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but the title."""
        return not (self.abstract or self.passages)


def gather(
    storage: Storage, paper: Paper, language: str, injections: InjectionFilter
) -> SourceTexts:
    """What is stored of *paper* that a summary in *language* can be made of.

    Sentences that speak to a language model are taken out of all of it. Where the title, the
    abstract or the source's own summary held one, ``warnings`` has ``hidden-instructions``. The
    passages don't count, since a paper about models may well quote prompts.
    """
    stored = storage.fulltexts.passages(paper.id)
    given = [paper.abstract, paper.ai_summary or "", *paper.keywords]
    # Apart from the full text, which may be at hand in another language than the abstract.
    abstract, ai_summary, *keywords = clean = injections.clean(given)
    title = injections.clean_title(paper.title, paper.abstract)
    found = clean != given or title != paper.title
    abstract_language = ORIGINAL_LANGUAGE
    translated = storage.papers.abstract(paper.id, language)
    shown = abstract
    if translated:
        abstract_language = language
        (shown,) = injections.clean([translated])
        found = found or shown != translated
    fulltext = storage.fulltexts.get(paper.id)
    (front,) = injections.clean([fulltext.front if fulltext else ""])
    clean_passages = injections.clean([passage.text for passage in stored])
    passages = (
        replace(passage, text=text.strip())
        for passage, text in zip(stored, clean_passages, strict=True)
    )
    return SourceTexts(
        replace(
            paper,
            title=title or paper.id,
            abstract=abstract.strip(),
            ai_summary=ai_summary.strip() or None,
            keywords=tuple(one for word in keywords if (one := word.strip())),
        ),
        language,
        shown.strip(),
        abstract_language,
        tuple(one for one in passages if one.text),
        (HIDDEN_INSTRUCTIONS,) if found else (),
        front.strip(),
    )
