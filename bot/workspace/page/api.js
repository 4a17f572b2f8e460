// Talking to the workspace's server.

/** What is on the screen for that user, channel and thread. */
export async function fetchState({ user, channel, thread }) {
  const asked = new URLSearchParams({ user, channel: channel ?? "", thread: thread ?? "" });
  const response = await fetch(`/page/state?${asked}`);
  return response.ok ? response.json() : null;
}

/** All payloads and calls. */
export async function fetchLog() {
  return (await fetch("/page/log")).json();
}

/** Do something as a member; answers with {ok, notice}. */
export async function act(body) {
  const response = await fetch("/page/act", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.ok ? response.json() : { ok: false, error: `HTTP ${response.status}` };
}

/** Hear of changes: `changed(kind)` for each, `alive(true or false)` of the connection itself. */
export function listen(changed, alive) {
  const feed = new EventSource("/page/feed");
  feed.addEventListener("open", () => alive(true));
  feed.addEventListener("error", () => alive(false));
  feed.addEventListener("message", (event) => changed(event.data));
}
