// Talking to the workspace's server.

const KEPT = "workspace-key";
const RETRY_MILLISECONDS = 1000;

/** Keep the key that came with the address, for this tab and for others; take it off the address. */
export function keepKey() {
  const [place, asked] = location.hash.split("?");
  const key = new URLSearchParams(asked).get("key");
  if (!key) return;
  localStorage.setItem(KEPT, key);
  history.replaceState(null, "", `${location.pathname}${location.search}${place}`);
}

/** Only scripts of this page can send the key, so no website can ask for what a member sees. */
function ask(path, { headers, ...rest } = {}) {
  const key = localStorage.getItem(KEPT) ?? "";
  return fetch(path, { ...rest, headers: { ...headers, "X-Workspace-Key": key } });
}

/** What is on the screen for that user, channel and thread; {notice} when one is not let in. */
export async function fetchState({ user, channel, thread }) {
  const asked = new URLSearchParams({ user, channel: channel ?? "", thread: thread ?? "" });
  const response = await ask(`/page/state?${asked}`);
  return response.ok || response.status === 403 ? response.json() : null;
}

/** The newest payloads and calls, without their bodies. */
export async function fetchLog() {
  const response = await ask("/page/log").catch(() => null);
  return response?.ok ? response.json() : [];
}

/** What was sent and answered in one entry of the log. */
export async function fetchLogEntry(id) {
  const response = await ask(`/page/log/${encodeURIComponent(id)}`).catch(() => null);
  return response?.ok ? response.json() : {};
}

/** Do something as a member; answers with {ok, notice}. A server that is gone does nothing. */
export async function act(body) {
  const headers = { "Content-Type": "application/json" };
  const sent = { method: "POST", headers, body: JSON.stringify(body) };
  const response = await ask("/page/act", sent).catch(() => null);
  return response?.ok || response?.status === 403 ? response.json() : { ok: false };
}

/** Hear of changes: `changed()` after some, `alive(true or false)` of the connection itself. */
export async function listen(changed, alive) {
  for (;;) {
    await follow(changed, alive).catch(() => null);
    alive(false);
    await new Promise((done) => setTimeout(done, RETRY_MILLISECONDS));
  }
}

/** Read the feed, a line a change, until it ends. An EventSource could not send the key. */
async function follow(changed, alive) {
  const response = await ask("/page/feed");
  if (!response.ok) return changed();
  alive(true);
  const text = response.body.pipeThrough(new TextDecoderStream());
  let begun = "";
  for await (const piece of text) {
    const lines = (begun + piece).split("\n");
    begun = lines.pop();
    if (lines.some(Boolean)) changed();
  }
}
