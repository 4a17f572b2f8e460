"""What Paperboy offers to be asked when somebody opens its messages: after what is stored today."""

from collections import Counter

from bot.digests import DigestContent
from bot.digests.trends import topics_of
from bot.languages import catalog
from bot.slack.blocks import truncate
from bot.text import one_line

Prompt = dict[str, str]
# Slack shows little more of a prompt.
_LONGEST_TITLE = 60


def suggested_prompts(today: DigestContent | None, language: str) -> list[Prompt]:
    """Up to three prompts: the day's list, its first paper, its most frequent topic. Pure."""
    words = catalog(language)
    prompts = [_prompt(words.text("desk-prompt-today"), words.text("desk-prompt-today-words"))]
    if today is None or not today.entries:
        return prompts
    first = today.entries[0].paper
    name = truncate(one_line(first.title).partition(":")[0], _LONGEST_TITLE)
    prompts.append(
        _prompt(
            words.text("desk-prompt-explain", title=name),
            words.text("desk-prompt-explain-words", paper=first.id),
        )
    )
    counts = Counter(topic for entry in today.entries for topic in sorted(topics_of(entry.paper)))
    if counts:
        topic = words.text(f"digests-topic-{counts.most_common(1)[0][0]}")
        prompts.append(
            _prompt(
                words.text("desk-prompt-topic", topic=topic),
                words.text("desk-prompt-topic-words", topic=topic),
            )
        )
    return prompts


def _prompt(title: str, message: str) -> Prompt:
    return {"title": title, "message": message}
