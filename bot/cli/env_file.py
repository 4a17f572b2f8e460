"""The ``.env`` file as ``paperboy init`` writes it: line by line, readable by its owner alone."""

from collections.abc import Mapping
from pathlib import Path

from bot.errors import PaperboyError

ENV_FILE = Path(".env")
OWNER_ALONE = 0o600


def write_settings(file: Path, values: Mapping[str, str]) -> None:
    """Set each of *values* in *file* and leave its other lines and comments as they are.

    Raises:
        PaperboyError: the file cannot be written.
    """
    from dotenv import set_key

    try:
        file.touch(OWNER_ALONE)
        file.chmod(OWNER_ALONE)
        for name, value in values.items():
            set_key(file, name, value, quote_mode="auto")
        file.chmod(OWNER_ALONE)
    except OSError as error:
        raise PaperboyError(
            f"{file}: {error}",
            message_id="setup-unwritable",
            file=str(file),
            reason=error.strerror or "?",
        ) from error
