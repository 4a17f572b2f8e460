"""files.*: the three steps of an upload."""

import secrets
from mimetypes import guess_type

from bot.workspace.args import Args
from bot.workspace.records import Json, Refusal
from bot.workspace.state import State


def get_upload_url(state: State, args: Args) -> Json:
    """files.getUploadURLExternal"""
    length = args.need("length")
    if not length.isdigit() or int(length) < 1:
        raise Refusal.of_arguments("length must be greater than 0")
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
        raise Refusal.of_arguments("missing required field: files")
    shared = [_uploaded(state, one) for one in wanted]
    if args.text("channel_id"):
        channel = state.writable(args.text("channel_id"))
        thread_ts = args.text("thread_ts") or None
        comment = args.text("initial_comment")
        state.post_as_bot(channel, comment, files=tuple(shared), thread_ts=thread_ts)
    return {"files": shared}


def _uploaded(state: State, wanted: Json) -> Json:
    held = state.files.get(str(wanted.get("id")))
    if held is None or "content" not in held:
        raise Refusal("file_not_found")
    held["title"] = wanted.get("title") or held["title"]
    return {name: value for name, value in held.items() if name not in ("content", "key")}
