"""``paperboy demo``: the whole product in a local workspace; no keys, no network."""

import click

from bot.cli.context import CommandContext, pass_context

DEFAULT_PORT = 3300


@click.command("demo")
@click.option("--once", is_flag=True)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
)
@click.option("--model", "with_model", is_flag=True)
@pass_context
def COMMAND(context: CommandContext, once: bool, port: int, with_model: bool) -> None:
    from bot.background import BackgroundThread
    from bot.search import load_embedder

    # What the demo does is imported meanwhile: each takes about a second, and mostly of a
    # processor of its own.
    encoder = load_embedder()
    if encoder is not None:
        BackgroundThread("encoder", encoder.load).start()
    from bot.cli.demo_play import play_demo

    play_demo(context, once=once, port=port, with_model=with_model)
