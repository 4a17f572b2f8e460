"""The id of what is being worked on: in every log line of it, and in what a member is told when
it fails, so that whoever runs Paperboy finds the one by the other."""

import contextvars
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_BYTES = 4
_current: contextvars.ContextVar[str | None] = contextvars.ContextVar("request_id", default=None)


def current_request() -> str | None:
    """The id of the request that this thread works on, or None outside of any."""
    return _current.get()


def reference() -> str:
    """The id to tell a member; a new one outside of any request."""
    return _current.get() or _new_id()


@contextmanager
def request(kind: str = "") -> Iterator[str]:
    """Run the block as one request, whose id begins with *kind*; inside another it is part of
    that one."""
    inherited = _current.get()
    if inherited is not None:
        yield inherited
        return
    token = _current.set(f"{kind}{_new_id()}")
    try:
        yield _current.get() or ""
    finally:
        _current.reset(token)


class RequestThreads(ThreadPoolExecutor):
    """A pool of threads that works on each task as part of its submitter's request."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run *fn* in the context of the caller."""
        run: Callable[..., Any] = contextvars.copy_context().run
        return super().submit(run, fn, *args, **kwargs)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        """Wait for all work, unless the caller was interrupted: then nothing more is started, and
        nothing is waited for."""
        if kind is not None and not issubclass(kind, Exception):
            self.shutdown(wait=False, cancel_futures=True)
            return None
        return super().__exit__(kind, error, trace)


def _new_id() -> str:
    return secrets.token_hex(_BYTES)
