"""What a summary can be made of: abstract and passages, made harmless."""

from dataclasses import dataclass, replace

from bot.fulltext.injection import MARKER, Finding, find_instructions, neutralise
from bot.languages import any_of
from bot.sources.links import project_page, repository
from storage import Paper, Passage, Storage
from storage.papers import ORIGINAL_LANGUAGE

HIDDEN_INSTRUCTIONS = "hidden-instructions"
_SHOWN_BY_HONEST_PAPERS = frozenset({"address", "output", "markup", "tool", "continued"})
# Prompts in papers speak of queries and answers; those for us, of what we do with the paper.
_TO_A_READING_MODEL = any_of(lambda one: one.writing.to_a_model)


@dataclass(frozen=True)
class SourceTexts:
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
    def body(self) -> tuple[Passage, ...]:
        """The passages without those that say the abstract again."""
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


def gather(storage: Storage, paper: Paper, language: str) -> SourceTexts:
    """What is stored of *paper* that a summary in *language* can be made of.

    Text that addresses a language model is taken out of all of it; then ``warnings`` has
    ``hidden-instructions``.
    """
    abstract, found = storage.papers.abstract(paper.id, language), language
    if not abstract:
        abstract, found = paper.abstract, ORIGINAL_LANGUAGE
    cleaner = _Cleaner()
    harmless = replace(
        paper,
        title=cleaner.clean_title(paper.title) or paper.id,
        abstract=cleaner.clean(paper.abstract),
        ai_summary=cleaner.clean(paper.ai_summary or "") or None,
        keywords=tuple(one for word in paper.keywords if (one := cleaner.clean(word))),
    )
    passages = tuple(cleaner.clean_passage(one) for one in storage.fulltexts.passages(paper.id))
    return SourceTexts(
        harmless,
        language,
        cleaner.clean(abstract),
        found,
        tuple(one for one in passages if one.text),
        (HIDDEN_INSTRUCTIONS,) if cleaner.found else (),
    )


class _Cleaner:
    """Takes instructions out of texts, and remembers whether there were suspicious ones."""

    def __init__(self) -> None:
        self.found = False

    def clean_title(self, title: str) -> str:
        """The title, which may well say "you" to its reader, but nothing worse."""
        kinds = {one.kind for one in find_instructions(title)}
        return title if kinds == {"address"} else self.clean(title)

    def clean(self, text: str) -> str:
        """The text without what addresses a model."""
        harmless = neutralise(text)
        if MARKER not in harmless:
            return harmless.strip()
        self.found = True
        return harmless.replace(MARKER, " ").strip()

    def clean_passage(self, passage: Passage) -> Passage:
        """The passage without what addresses a model.

        The body of a paper about models shows prompts in all honesty, so that there only what no
        honest text says counts as suspicious.
        """
        harmless = neutralise(passage.text)
        if MARKER in harmless and "prompt" not in passage.section.lower():
            self.found = self.found or any(map(_is_suspicious, find_instructions(passage.text)))
        return replace(passage, text=harmless.replace(MARKER, " ").strip())


def _is_suspicious(finding: Finding) -> bool:
    if finding.kind not in _SHOWN_BY_HONEST_PAPERS:
        return True
    return bool(_TO_A_READING_MODEL.search(finding.text))
