"""The one door to language models: any server that speaks the OpenAI protocol.

Nothing else may import ``openai``. Every call passes here, so that it is limited, paid for out of
the day's budget, recorded as a row, retried within bounds and its failure told in our own errors.
Neither contents nor keys are ever logged.
"""

from bot.model.client import Model, TextStream
from bot.model.prompts import Prompt, PromptError, PromptTemplate, load_prompt
from bot.model.records import Completion, Objection

__all__ = [
    "Completion",
    "Model",
    "Objection",
    "Prompt",
    "PromptError",
    "PromptTemplate",
    "TextStream",
    "load_prompt",
]
