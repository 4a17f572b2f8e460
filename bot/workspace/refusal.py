"""How the workspace says no."""


class Refusal(Exception):
    """A Web API call that Slack would refuse; becomes `{"ok": false, "error": …}`.

    `messages` are the reasons that Slack puts into `response_metadata.messages`; `extra` are
    further fields of the answer, such as `needed` of `missing_scope`.
    """

    def __init__(self, error: str, messages: list[str] | None = None, **extra: str) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages or []
        self.extra = extra
