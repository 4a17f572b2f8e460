"""Questions in threads and direct messages, from being heard to being answered.

``hearing`` records what was said, ``talk`` tells what is wanted, and ``policy`` (pure) decides
when to speak. A question is a row before anything else happens; ``queue`` hands it to this room's
own threads, which Slack's acknowledgements never wait for, and when the process dies the next one
finishes it. ``worker`` walks a question through its stages: ``context``, then ``bot.answers``,
then ``writer``.
"""

from bot.questions.conversations import Conversations
from bot.questions.policy import Decision, IncomingMessage
from bot.questions.requests import Tools
from bot.questions.talk import Talk

__all__ = ["Conversations", "Decision", "IncomingMessage", "Talk", "Tools"]
