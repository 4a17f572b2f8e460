"""The ``.env`` file as ``paperboy init`` writes it: line by line, readable by its owner alone."""

from collections.abc import Mapping
from pathlib import Path

from bot.errors import PaperboyError

ENV_FILE = Path(".env")
OWNER_ALONE = 0o600


def write_settings(file: Path, values: Mapping[str, str]) -> None:
    """Set each of *values* in *file* and leave its other lines and comments as they are; what was
    in another encoding is UTF-8 from then on.

    Raises:
        PaperboyError: the file cannot be read or written.
    """
    from dotenv import set_key

    from bot.text.decoding import decoded

    try:
        file.touch(OWNER_ALONE)
        file.chmod(OWNER_ALONE)
        body = file.read_bytes()
        text = decoded(body).encode()
        if text != body:
            file.write_bytes(text)
        for name, value in values.items():
            set_key(file, name, value, quote_mode="auto")
        file.chmod(OWNER_ALONE)
    except (OSError, ValueError) as error:
        raise PaperboyError(
            getattr(error, "strerror", None) or str(error),
            message_id="setup-unwritable",
            file=str(file),
        ) from error
