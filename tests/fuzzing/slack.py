"""What Slack may send: typed commands, clicks, submitted forms, events."""

import itertools
import json
from typing import Any

from hypothesis import strategies as st

from bot.slack.blocks.ids import ActionId, CallbackId
from handlers.commands import discover
from tests.fuzzing.bench import CHANNEL, PAPERS, USER, Bench

_numbers = itertools.count(1)
HOSTILE = (
    "",
    " ",
    "<!channel> <!here> <@U999>",
    "<https://evil.example|arxiv.org/abs/2503.00001>",
    "&lt;b&gt; & < >",
    "\u202eabc\u200b\ufeff",
    "a\x00b",
    "가" * 4000,
    "x " * 8000,
    "'; DROP TABLE papers; --",
    '"*^(NEAR OR AND NOT',
    "0" * 400,
    "٣",
    "2503.00001v9999999999999999999",
    "{}",
    "[]",
    "null",
    "9" * 30,
    "-1",
    "1e999",
    "２０２５-０３-１９",
    "0000-00-00",
    "9999-12-31",
    "2025-W99",
)
WORDS = tuple(word for command in discover().all for word in (command.name, *command.aliases))
ARGUMENTS = (
    *(paper.id for paper in PAPERS[:2]),
    *(
        "1",
        "3",
        "reinforcement",
        "강화학습",
        "yesterday",
        "어제",
        "2025-03-19",
        "2025-W12",
        "09:00",
    ),
    *("mon-fri", "평일", "topics: agents, -robotics", "Asia/Seoul", "highlights", "ko"),
)
junk = st.sampled_from(HOSTILE) | st.text(max_size=200)
words = st.sampled_from(WORDS) | st.sampled_from(ARGUMENTS) | junk
texts = junk | st.lists(words, max_size=6).map(" ".join)
timestamps = st.sampled_from(["1.0", "5.0", "1742430600.000100"]) | st.text(max_size=20)
channels = st.sampled_from([CHANNEL, "C2", "D1", "G1"])
users = st.sampled_from([USER, "U2", "W3"])

values = (
    st.dictionaries(
        st.sampled_from(
            [
                "run",
                "language",
                "paper",
                "do",
                "page",
                "day",
                "query",
                "saved",
                "question",
                "manner",
            ]
        )
        | st.text(max_size=5),
        texts | st.integers() | st.none() | st.booleans() | st.lists(st.integers(), max_size=2),
        max_size=4,
    ).map(lambda fields: json.dumps(fields, ensure_ascii=False))
    | st.sampled_from([paper.id for paper in PAPERS])
    | texts
)


@st.composite
def commands(draw: st.DrawFn) -> dict[str, Any]:
    """A typed ``/papers …``."""
    return {"text": draw(texts), "channel_id": draw(channels), "user_id": draw(users)}


# What stands in forms and in the Home only, and what may stand there as well as in messages.
IN_VIEWS = tuple(one for one in ActionId if one.startswith(("subscription_", "home_")))
ANYWHERE = (
    *(ActionId.PAPER_OPEN, ActionId.PAPER_SAVE, ActionId.SAVED_MENU),
    *(ActionId.PAPER_NOTE, ActionId.SUBSCRIBE_OPEN),
)
IN_MESSAGES = tuple(one for one in ActionId if one not in IN_VIEWS)


@st.composite
def clicks(draw: st.DrawFn) -> dict[str, Any]:
    """A click on any element, in a message, a reply for one person, a form, or the Home."""
    in_view = draw(st.booleans())
    known = st.sampled_from((*IN_VIEWS, *ANYWHERE) if in_view else IN_MESSAGES).map(str)
    body: dict[str, Any] = {
        "type": "block_actions",
        "team": {"id": "T111"},
        "user": {"id": draw(users)},
        "trigger_id": "1.2.x",
        "actions": [draw(actions(known | st.text(max_size=20)))],
    }
    if in_view:
        view = {
            "id": "V1",
            "type": draw(st.sampled_from(["home", "modal"])),
            "hash": "1.a",
            "callback_id": draw(st.sampled_from(list(CallbackId)).map(str)),
            "private_metadata": draw(values),
            "state": {"values": draw(states)},
        }
        return {**body, "view": view, "container": {"type": "view", "view_id": "V1"}}
    ts, channel = draw(timestamps), draw(channels)
    message = {"ts": ts, "text": draw(texts), "thread_ts": draw(timestamps)}
    return {
        **body,
        "response_url": "HOOK",
        "channel": {"id": channel, "name": "x"},
        "container": {"type": "message", "message_ts": ts, "channel_id": channel},
        "message": draw(st.sampled_from([message, None])) or {"ts": ts},
    }


@st.composite
def actions(draw: st.DrawFn, names: st.SearchStrategy[str]) -> dict[str, Any]:
    """An element with what it carries, of this release or of an older one."""
    suffix = draw(st.sampled_from(["", ":1", ":2503.00001", ":", "::"]))
    action: dict[str, Any] = {"action_id": draw(names) + suffix, "block_id": "b"}
    if draw(st.booleans()):
        return {**action, "type": "button", "value": draw(values)}
    option = {"text": {"type": "plain_text", "text": "x"}, "value": draw(values)}
    chosen = draw(st.sampled_from([option, None]))
    return {**action, "type": "static_select", "selected_option": chosen}


_options = st.fixed_dictionaries({"value": values})
elements = st.fixed_dictionaries(
    {},
    optional={
        "value": st.none() | texts,
        "selected_time": st.none() | texts,
        "selected_option": st.none() | _options,
        "selected_options": st.none() | st.lists(_options, max_size=3),
    },
)


def _state(fields: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """As Slack nests it: a block's id, the element's id, its state."""
    return {name: {name: state} for name, state in fields.items()}


states = st.dictionaries(
    st.sampled_from(list(ActionId)).map(str) | st.text(max_size=5), elements, max_size=14
).map(_state)


@st.composite
def submissions(draw: st.DrawFn) -> dict[str, Any]:
    """A submitted or closed form."""
    return {
        "type": draw(st.sampled_from(["view_submission", "view_closed"])),
        "team": {"id": "T111"},
        "user": {"id": draw(users)},
        "trigger_id": "1.2.x",
        "view": {
            "id": f"V{next(_numbers)}",
            "type": "modal",
            "callback_id": draw(st.sampled_from(list(CallbackId)).map(str) | st.text(max_size=9)),
            "private_metadata": draw(values),
            "state": {"values": draw(states)},
        },
    }


_blocks = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "type", "elements", "url"]), inner, max_size=3)
    ),
    max_leaves=8,
)
EVENTS = (
    *("message", "app_mention", "reaction_added", "reaction_removed", "app_home_opened"),
    *("member_joined_channel", "link_shared", "assistant_thread_started", "tokens_revoked"),
)
SUBTYPES = (
    *(None, "file_share", "thread_broadcast", "me_message", "message_changed", "message_deleted"),
    *("channel_join", "bot_message", "unheard_of"),
)


@st.composite
def messages(draw: st.DrawFn) -> dict[str, Any]:
    """A message as an event carries it; every field but a few may be missing."""
    optional = {
        "user": draw(users),
        "text": draw(texts),
        "thread_ts": draw(timestamps),
        "bot_id": "B1",
        "blocks": draw(st.lists(_blocks, max_size=2)),
        "channel_type": draw(st.sampled_from(["im", "channel", "group"])),
        "team": "T111",
    }
    left_out = draw(st.sets(st.sampled_from(sorted(optional)), max_size=3) | st.just({"bot_id"}))
    kept = {name: value for name, value in optional.items() if name not in left_out}
    return {"ts": f"{next(_numbers)}.{draw(st.integers(0, 9))}", **kept}


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    """An event with whatever it may carry."""
    event = {
        **draw(messages()),
        "type": draw(st.sampled_from(EVENTS) | st.text(min_size=1, max_size=9)),
        "channel": draw(channels),
    }
    subtype = draw(st.sampled_from(SUBTYPES))
    if subtype is not None:
        event["subtype"] = subtype
    if subtype in ("message_changed", "message_deleted"):
        event["message"] = draw(messages())
        event["previous_message"] = draw(messages())
        event["deleted_ts"] = draw(timestamps)
    event["reaction"] = draw(st.sampled_from(["bookmark", "+1", "thumbsup", "x"]) | texts)
    event["item"] = {"type": "message", "channel": draw(channels), "ts": draw(timestamps)}
    event["tab"] = draw(st.sampled_from(["home", "messages", "about"]))
    event["links"] = [{"url": draw(texts), "domain": "arxiv.org"}]
    event["message_ts"] = draw(timestamps)
    if event["type"].startswith("assistant_thread"):
        # Bolt itself refuses such an event without its thread.
        where = {"channel_id": draw(channels), "thread_ts": draw(timestamps), "context": {}}
        event["assistant_thread"] = {"user_id": draw(users), **where}
    return event


def command(bench: Bench, case: dict[str, Any]) -> None:
    """Every text after ``/papers`` is answered."""
    body = {"command": "/papers", "team_id": "T111", "trigger_id": "1.2.x", **case}
    bench.send({**body, "response_url": bench.stub.hook})
    assert bench.stub.calls, "no answer"


def click(bench: Bench, case: dict[str, Any]) -> None:
    """Every click, on new messages and on old ones, is borne."""
    hooked = {"response_url": bench.stub.hook} if "response_url" in case else {}
    bench.send({**case, **hooked})


def submission(bench: Bench, case: dict[str, Any]) -> None:
    """Every form is kept or explained."""
    bench.send(case)


def event(bench: Bench, case: dict[str, Any]) -> None:
    """Every event is heard, or left alone."""
    bench.send(
        {
            "type": "event_callback",
            "team_id": "T111",
            "event_id": f"Ev{next(_numbers)}",
            "event": case,
            "authorizations": [{"team_id": "T111", "user_id": "UBOT", "is_bot": True}],
        }
    )
