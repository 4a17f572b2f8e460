"""files.*: the three steps of an upload."""

import secrets
from mimetypes import guess_type
from typing import Any

from bot.workspace.args import Args
from bot.workspace.methods.chat import post_as_bot
from bot.workspace.records import Json, Refusal
from bot.workspace.state import State


def get_upload_url(state: State, args: Args) -> Json:
    """files.getUploadURLExternal"""
    length = args.need("length")
    if not length.isdigit() or int(length) < 1:
        raise Refusal("invalid_arguments", ["[ERROR] length must be greater than 0"])
    file_id = f"F{len(state.files) + 1:08d}"
    name, key = args.need("filename"), secrets.token_urlsafe(24)
    url = f"{state.base_url}upload/{file_id}/{key}"
    state.files[file_id] = {
        "id": file_id,
        "name": name,
        "mimetype": guess_type(name)[0] or "application/octet-stream",
        "title": args.text("filename"),
        "size": int(length),
        "alt_txt": args.text("alt_txt"),
        "key": key,
        "url_private": f"{state.base_url}files/{file_id}/{key}",
    }
    return {"upload_url": url, "file_id": file_id}


def complete(state: State, args: Args) -> Json:
    """files.completeUploadExternal: share what was uploaded"""
    wanted = args.items("files")
    if not wanted:
        raise Refusal("invalid_arguments", ["[ERROR] missing required field: files"])
    shared = [_uploaded(state, one) for one in wanted]
    if args.text("channel_id"):
        channel = state.writable(args.text("channel_id"))
        fields: dict[str, Any] = {"text": args.text("initial_comment"), "files": tuple(shared)}
        fields["thread_ts"] = args.text("thread_ts") or None
        post_as_bot(state, channel, fields)
    return {"files": shared}


def _uploaded(state: State, wanted: Json) -> Json:
    held = state.files.get(str(wanted.get("id")))
    if held is None or "content" not in held:
        raise Refusal("file_not_found")
    held["title"] = wanted.get("title") or held["title"]
    return _visible(held)


def _visible(held: Json) -> Json:
    return {name: value for name, value in held.items() if name not in ("content", "key")}


METHODS = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete,
}
