"""Acknowledges at once and works later, on threads that no acknowledgement waits for.

Bolt lets a listener acknowledge by itself, on the same threads that do its work: a burst of
commands that each wait for Slack then holds up the acknowledgements of all others. Paperboy has
nothing to say with most acknowledgements, so they leave before the listener begins.
"""

from concurrent.futures import Executor

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.listener import Listener
from slack_bolt.listener.thread_runner import ThreadListenerRunner
from slack_bolt.request import payload_utils as kinds

from bot.serving.recording import Recorder
from bot.turnstile import inside

# Their acknowledgement says nothing; that of a form tells what is wrong in it, and that of a menu
# holds its options.
_SILENT = (kinds.is_event, kinds.is_slash_command, kinds.is_block_actions, kinds.is_shortcut)


class Lanes(ThreadListenerRunner):
    """Runs listeners of *app*: on *work* after the acknowledgement, or on *forms* when the
    acknowledgement is theirs to give."""

    def __init__(self, app: App, *, work: Executor, forms: Executor) -> None:
        before = app.listener_runner
        super().__init__(
            logger=before.logger,
            process_before_response=False,
            listener_error_handler=before.listener_error_handler,
            listener_start_handler=before.listener_start_handler,
            listener_completion_handler=before.listener_completion_handler,
            listener_executor=forms,
            lazy_listener_runner=before.lazy_listener_runner,
        )
        self.work = work
        self.recorder = Recorder()

    def run(
        self,
        request: BoltRequest,
        response: BoltResponse,
        listener_name: str,
        listener: Listener,
        starting_time: float | None = None,
    ) -> BoltResponse | None:
        """The acknowledgement."""
        if not any(is_kind(request.body) for is_kind in _SILENT):
            return super().run(request, response, listener_name, listener, starting_time)
        self.work.submit(self._now, request, response, listener)
        return BoltResponse(status=200, body="")

    def close(self) -> None:
        """Let the listeners in hand finish."""
        self.recorder.close()
        for executor in (self.listener_executor, self.work):
            executor.shutdown(wait=True)

    def _now(self, request: BoltRequest, response: BoltResponse, listener: Listener) -> None:
        with inside():
            self._run(request, response, listener)

    def _run(self, request: BoltRequest, response: BoltResponse, listener: Listener) -> None:
        try:
            self.listener_start_handler.handle(request=request, response=response)
            listener.run_ack_function(request=request, response=response)
        except Exception as error:
            self.listener_error_handler.handle(error=error, request=request, response=response)
        finally:
            self.listener_completion_handler.handle(request=request, response=response)
