"""What a server tells of its models. Pure."""

from collections.abc import Iterable
from typing import Any


def context_of(served: Iterable[Any], name: str) -> int | None:
    """The context in tokens of the model called *name*, where the server tells it.

    vLLM gives it as ``max_model_len``, llama.cpp as ``meta.n_ctx``. A server that offers one
    model serves it by any name.
    """
    offered = list(served)
    named = [one for one in offered if getattr(one, "id", None) == name]
    chosen = named[0] if named else offered[0] if len(offered) == 1 else None
    meta = getattr(chosen, "meta", None)
    told = [getattr(chosen, "max_model_len", None)]
    told += [meta.get("n_ctx")] if isinstance(meta, dict) else []
    return next((one for one in told if isinstance(one, int) and one > 0), None)
