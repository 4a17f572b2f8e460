// Talking to the workspace's server.

/** What is on the screen for that user, channel and thread. */
export async function fetchState({ user, channel, thread }) {
  const asked = new URLSearchParams({ user, channel: channel ?? "", thread: thread ?? "" });
  const response = await fetch(`/page/state?${asked}`);
  return response.ok ? response.json() : null;
}

/** The newest payloads and calls, without their bodies. */
export async function fetchLog() {
  const response = await fetch("/page/log").catch(() => null);
  return response?.ok ? response.json() : [];
}

/** What was sent and answered in one entry of the log. */
export async function fetchLogEntry(id) {
  const response = await fetch(`/page/log/${encodeURIComponent(id)}`).catch(() => null);
  return response?.ok ? response.json() : {};
}

/** Do something as a member; answers with {ok, notice}. A server that is gone does nothing. */
export async function act(body) {
  const headers = { "Content-Type": "application/json" };
  const sent = { method: "POST", headers, body: JSON.stringify(body) };
  const response = await fetch("/page/act", sent).catch(() => null);
  return response?.ok ? response.json() : { ok: false };
}

/** Hear of changes: `changed(kind)` for each, `alive(true or false)` of the connection itself. */
export function listen(changed, alive) {
  const feed = new EventSource("/page/feed");
  feed.addEventListener("open", () => alive(true));
  feed.addEventListener("error", () => alive(false));
  feed.addEventListener("message", (event) => changed(event.data));
}
