"""What is asked of Paperboy that a tool answers, or a line: lists, related papers, a member's own
list, greetings, and what it cannot do."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.answers import Answer
from bot.answers.pointing import counted, without_count, without_numbers
from bot.answers.resolve import without_names
from bot.answers.wishes import Examples, Kind
from bot.languages import catalog, languages
from bot.questions.policy import OUR_NAME
from bot.questions.talk import Intent, Talk, without_call
from bot.slack.blocks import Message, plain_message
from bot.sources.ids import find_ids
from bot.text.terms import terms_of
from bot.text.words import content_words, query_words
from storage import Paper, Question, Turn

# How an answer is to be put; the other intents are for a tool or a line.
MANNERS = {Intent.BRIEF: "brief", Intent.SIMPLE: "simple", Intent.DETAILED: "detailed"}
# What a question of few words may ask for all the same ("when?").
_ASKING = frozenset(Kind) - {Kind.OTHER, Kind.SUMMARY, Kind.REWORD}
_ABOUT_A_PAPER = frozenset((*MANNERS, Intent.QUESTION, Intent.RELATED, Intent.SAVE))
_TOOLS = (Intent.TODAY, Intent.RELATED, Intent.SAVE, Intent.SAVED)
_LINES = {
    Intent.GREETING: "conversations-how-to-ask",
    Intent.HELP: "conversations-how-to-ask",
    Intent.NOTHING: "conversations-how-to-ask",
    Intent.THANKS: "conversations-welcome",
    Intent.SUBSCRIBE: "conversations-how-to-subscribe",
    Intent.FORGET: "conversations-how-to-forget",
    Intent.CANNOT: "conversations-cannot",
}
_USUAL_COUNT, _MOST = 5, 10


@dataclass(frozen=True)
class Tools:
    """What members can do with a word, as messages in a language."""

    # What was said, for the day or week that it speaks of, the language, and how many at most.
    today: Callable[[str, str, int | None], Message]
    week: Callable[[str, str, int | None], Sequence[Message]]
    # A paper's id, the language, how many.
    related: Callable[[str, str, int], Message]
    # What is looked for, the papers of the list, the language, and how many at most.
    pick: Callable[[str, Sequence[Paper], str, int | None], Message]
    # The channel, a paper's id, the member and the language.
    save: Callable[[str, str, str, str], Message]
    saved: Callable[[str, str], Message]


@dataclass(frozen=True)
class ToolReply:
    """What is said to a request, with the papers that it is about."""

    messages: tuple[Message, ...]
    paper_ids: tuple[str, ...] = ()

    def as_answer(self) -> Answer:
        """The form in which it is stored."""
        return Answer(self.messages[0].text, True, OUR_NAME, paper_ids=self.paper_ids)


class Requests:
    """Answers what needs no reading of papers."""

    def __init__(self, talk: Talk, examples: Examples, tools: Tools) -> None:
        self._talk = talk
        self._examples = examples
        self._tools = tools

    def intent(self, question: Question) -> Intent:
        """What the asker of *question* wants."""
        return self._talk.intent(question.text)

    def at_once(self, intent: Intent, question: Question) -> ToolReply | None:
        """The reply to what is about no paper in particular; None where papers have to be read or
        found first."""
        language, most = question.language, counted(question.text)
        if intent in _LINES:
            return _told(plain_message(catalog(language).text(_LINES[intent])))
        if intent is Intent.TODAY:
            return _told(self._tools.today(question.text, language, most))
        if intent is Intent.TRENDS:
            return _told(*self._tools.week(question.text, language, most))
        if intent is Intent.SAVED and question.direct:
            return _told(self._tools.saved(question.user, language))
        if intent is Intent.SAVED:
            return _told(plain_message(catalog(language).text("conversations-saved-privately")))
        return None

    def about(
        self, intent: Intent, question: Question, paper_ids: Sequence[str], listed: Sequence[Paper]
    ) -> ToolReply | None:
        """The reply of a tool to what is about some papers, or about a list; None where an answer
        has to be written."""
        most = counted(question.text)
        if intent is Intent.FIND and listed:
            subject = self._subject(question.text)
            return _told(self._tools.pick(subject, listed, question.language, most))
        if not paper_ids:
            return None
        if intent is Intent.RELATED:
            first, count = paper_ids[0], min(most or _USUAL_COUNT, _MOST)
            return ToolReply((self._tools.related(first, question.language, count),), (first,))
        if intent is Intent.SAVE:
            saved = [
                self._tools.save(question.channel, one, question.user, question.language)
                for one in paper_ids
            ]
            return ToolReply(
                (plain_message("\n".join(one.text for one in saved)),), tuple(paper_ids)
            )
        return None

    def is_bare(self, intent: Intent, question: Question) -> bool:
        """Whether the words for a wish about a paper say nothing of which paper, or what of it."""
        text = without_call(question.text)
        if not text or intent not in _ABOUT_A_PAPER:
            return False
        if intent is Intent.QUESTION and self._examples.kind(text) in _ASKING:
            return False
        wishes = () if intent is Intent.QUESTION else self._talk.examples(intent)
        usual = {word for one in wishes for word in _words(one)}
        return set(_words(text)) <= self._plain_words | usual

    def in_full(self, question: Question, history: Sequence[Turn], papers: Sequence[Paper]) -> str:
        """What is asked about *papers*, in words that say it without what was said before: "and the
        second one?" and "in one line" go on from the question before, "summarize it", "DAPO in one
        line" and a bare mention ask what a paper is about."""
        text = without_call(question.text)
        rest = without_numbers(without_names(text, papers))
        if self._says_something(rest) or self._examples.kind(rest) in _ASKING:
            return text
        earlier = self._question_before(history)
        is_named = len(rest) < len(text)
        if rest and earlier and not self._asks_for_summary(rest, is_named=is_named):
            return earlier
        return catalog(question.language).text("conversations-bare-mention")

    def _question_before(self, history: Sequence[Turn]) -> str:
        """The last question on a paper that was answered, if nothing else was said since."""
        before = [turn.text for turn in history if turn.speaker != OUR_NAME]
        if not before or all(turn.speaker != OUR_NAME for turn in history):
            return ""
        earlier = without_call(before[-1])
        is_question = self._talk.intent(earlier) is Intent.QUESTION
        return earlier if is_question and self._says_something(earlier) else ""

    def _asks_for_summary(self, text: str, *, is_named: bool) -> bool:
        """Whether words that say little alone, without the name of a paper that *is_named*, ask
        for its summary, and not for that paper instead of another ("the second one") or the same
        answer in another way ("shorter")."""
        if self._examples.kind(text) is Kind.SUMMARY:
            return True
        is_manner = self._talk.intent(text) in MANNERS
        return bool(_words(text)) and is_manner == is_named

    def _says_something(self, text: str) -> bool:
        return any(word not in self._plain_words for word in _words(text))

    def _subject(self, text: str) -> str:
        """What a wish for papers is about: its words without those that every such wish has."""
        words = [word for word in query_words(without_count(text)) if _words(word)]
        kept = [
            word
            for word in words
            if any(term.translations for term in terms_of([word]))
            or not set(_words(word)) <= self._wishing
        ]
        # Subjects of several examples count as usual words, too.
        kept = kept or [word for word in words if not set(_words(word)) <= self._of_tools]
        return " ".join(kept) or text

    @cached_property
    def _of_tools(self) -> frozenset[str]:
        wishes = [text for intent in _TOOLS for text in self._talk.examples(intent)]
        return frozenset(word for text in wishes for word in _words(text))

    @cached_property
    def _wishing(self) -> frozenset[str]:
        counts = Counter(
            word for text in self._talk.examples(Intent.FIND) for word in set(_words(text))
        )
        return frozenset(word for word, count in counts.items() if count > 1)

    @cached_property
    def _plain_words(self) -> frozenset[str]:
        """The words that only say how an answer is to be put."""
        manners = [text for intent in MANNERS for text in self._talk.examples(intent)]
        summaries = [
            text for one in languages() for text in one.asking.questions.get("summary", ())
        ]
        return frozenset(word for text in (*manners, *summaries) for word in _words(text))


def which_paper(language: str) -> ToolReply:
    """The question back where nothing says which paper is meant."""
    return _told(plain_message(catalog(language).text("conversations-which-paper")))


def with_note(answer: Answer, intent: Intent, question: Question) -> Answer:
    """The answer with a word on what could not be done without a model."""
    if intent is not Intent.SIMPLE or answer.maker != "extractive":
        return answer
    told = catalog(question.language).text("conversations-not-simpler")
    return replace(answer, notes=(told, *answer.notes))


def _words(text: str) -> list[str]:
    """The words that say something, beside what calls Paperboy or points at a paper."""
    said = [part for part in without_call(text).split() if not find_ids(part)]
    return content_words(without_numbers(" ".join(said)))


def _told(*messages: Message) -> ToolReply:
    return ToolReply(messages)
