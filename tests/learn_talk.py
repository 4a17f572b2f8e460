"""Learns the examples of what is said to Paperboy and beside it, and stores what they say.

Run after a change of ``talk.json`` or of the example questions in a language's folder: ``python -m
tests.learn_talk``. It takes about a minute; until then Paperboy learns them itself at each start.
"""

from bot.questions.talk import STORED, store_examples


def main() -> None:
    store_examples(STORED)
    print(f"{STORED.name}: {STORED.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
