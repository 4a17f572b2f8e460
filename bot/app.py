"""The one place that builds everything: settings → storage → services → Bolt app → clockwork."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from slack_bolt import App
from slack_sdk import WebClient

import handlers
from bot.answers import Answers
from bot.collect import Collector
from bot.conversations import Conversations, Repeats
from bot.delivery import Clockwork, Morning, Outbox, SlackClient, subscribe_first
from bot.desk import Desk, Members
from bot.fulltext import FulltextService
from bot.http import HttpClient
from bot.model import Model
from bot.search import SearchIndex, load_embedder
from bot.serve import HttpServer, SocketModeServer
from bot.services import Services
from bot.settings import Settings
from bot.sources import Arxiv, HuggingFace
from bot.summaries import Summarizer
from storage import Storage, open_storage

USER_AGENT = "paperboy/0.1 (+https://github.com/paperboy)"
ARXIV_SPACING_SECONDS = 3.0
# Listeners acknowledge first and hand slow work over, so this is plenty for bursts.
LISTENER_THREADS = 24
SLACK_TIMEOUT_SECONDS = 10

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Outside:
    """Where listings, papers and full texts come from; the demo brings its own."""

    huggingface: HuggingFace
    arxiv: Arxiv
    fulltexts: FulltextService
    close: Callable[[], object]
