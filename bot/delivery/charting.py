"""A chart that Slack refused, as a picture in the message's thread.

The picture is a delivery of its own: promised with the plainer message, sent once that stands. It
keeps the refused block, from which it is drawn when its turn has come.
"""

import re
from datetime import datetime

from bot.digests.chart import chart_from, chart_text, draw
from bot.slack.blocks.plainer import chart_in
from bot.slack.port import Upload
from storage import Delivery, Storage

PICTURE = "picture"
# What a file's name may lose on its way.
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")
IN_THREAD = ("part", "reply", PICTURE)


def promise_picture(storage: Storage, refused: Delivery, *, now: datetime) -> None:
    """Promise the picture of the chart in a message that is to be posted without it; doing it
    twice does it once."""
    block = chart_in(refused.payload.get("blocks", ()))
    if block is None:
        return
    inside = refused.kind in IN_THREAD or refused.thread_ts is not None
    storage.deliveries.plan(
        key=f"{refused.key}/chart",
        channel=refused.channel,
        kind=PICTURE,
        payload={"text": chart_text(chart_from(block)), "blocks": [block]},
        now=now,
        position=refused.position,
        digest_id=refused.digest_id,
        parent_id=refused.parent_id if inside else refused.id,
        thread_ts=refused.thread_ts,
    )


def upload_of(delivery: Delivery) -> Upload:
    """The file that a promised picture is. Its name tells it from every other."""
    block = chart_in(delivery.payload["blocks"])
    if block is None:
        raise ValueError(f"{delivery.key}: a picture of nothing")
    chart = chart_from(block)
    return Upload(
        name=f"{_NO_NAME.sub('-', delivery.key)}.png",
        title=chart.title,
        alt=delivery.payload["text"],
        draw=lambda: draw(chart),
    )
