"""The text behind the bytes of a file that a person wrote on whatever machine."""

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class UnreadableError(ValueError):
    """A file that can't be read as text; the message says why, and ``message_id`` with
    ``arguments`` says it in the catalogues."""

    def __init__(
        self, detail: str, *, message_id: str = "archive-no-text", **arguments: object
    ) -> None:
        super().__init__(detail)
        self.message_id = message_id
        self.arguments = arguments


def decoded(body: bytes) -> str:
    """The text: UTF-8, UTF-16 with its mark, or the older Korean encoding.

    Raises:
        UnreadableError: it is binary, or in none of these encodings.
    """
    if body[:2] in _MARKS:
        return _as(body, _MARKS[body[:2]])
    if b"\0" in body:
        raise UnreadableError("not a text")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _as(body, "cp949", line=body.count(b"\n", 0, error.start) + 1)


def _as(body: bytes, encoding: str, *, line: int = 1) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError(
            f"unknown encoding (not UTF-8 at line {line})",
            message_id="archive-unknown-encoding",
            line=line,
        ) from None
