"""Conversations: questions in threads and direct messages, from being heard to being answered.

A question is recorded before anything else happens, worked on by this room's own threads (Slack's
acknowledgements never wait for them) and, when the process dies, finished by the next one. The
rules for when to speak are pure (``policy``); what a question is about and how it is answered are
the business of ``bot.answers``.
"""

from bot.questions.message import IncomingMessage
from bot.questions.policy import Decision
from bot.questions.repeats import Repeats
from bot.questions.service import Conversations

__all__ = ["Conversations", "Decision", "IncomingMessage", "Repeats"]
