// What stands in the frame: a channel, a thread, the Home tab, and hints over the composers.

import { drawBlocks } from "./blocks.js";
import { h, reconcile } from "./dom.js";
import { messageItems } from "./messages.js";
import { paperboy } from "./people.js";

const NEAR_END = 120;

/** A list of messages that remembers whether its reader is at the end. */
export function messageList(words) {
  const list = h("div", { class: "messages", role: "log", "aria-label": words, tabindex: 0 });
  list.atEnd = true;
  list.addEventListener("scroll", () => {
    list.atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  });
  return list;
}

function inOrder(messages, hidden) {
  return [...messages, ...hidden].sort((one, other) => (one.ts < other.ts ? -1 : 1));
}

/** The messages of a channel with the composer, or the Home tab. */
export function drawMain(screen, room) {
  const { list, foot } = screen.parts;
  const { env, data } = screen;
  const home = room?.kind === "im" && screen.tab === "home";
  screen.frame.classList.toggle("at-home", home);
  const place = `${screen.user}/${screen.channel}/${screen.tab}`;
  const moved = screen.place !== place;
  const atEnd = moved || list.atEnd;
  if (moved) list.replaceChildren();
  screen.place = place;
  if (home) {
    foot.replaceChildren();
    drawHome(screen, list, data.home);
    return;
  }
  const hidden = data.ephemerals.filter((one) => !one.thread_ts);
  const shown = inOrder(data.messages, hidden);
  const items = messageItems(shown, screen, { readBefore: screen.readBefore });
  const empty = {
    key: "empty",
    mark: env.language,
    draw: () => h("div", { class: "empty" }, env.t("empty")),
  };
  reconcile(list, items.length ? items : [empty]);
  drawFoot(screen, room);
  if (!atEnd) return;
  list.scrollTop = list.scrollHeight;
  if (moved && !data.thread) screen.focusComposer();
  // Whoever arrives begins to read at what is new.
  if (moved) list.querySelector(".new-line")?.scrollIntoView({ block: "start" });
}

function drawHome(screen, list, view) {
  const { env } = screen;
  const mark = JSON.stringify([view, env.language]);
  const draw = () => {
    if (!view) return h("div", { class: "empty" }, env.t("home-empty"));
    const form = screen.form(view.id);
    const values = () => Object.fromEntries(form);
    const send = (what) => screen.click({ ...what, view_id: view.id, values: values() });
    return h(
      "div",
      { class: "home" },
      ...drawBlocks(view.blocks, { id: view.id, env, form, send }),
    );
  };
  reconcile(list, [{ key: view?.id ?? "empty", mark, draw }]);
}

function drawFoot(screen, room) {
  const { env, data } = screen;
  const { foot } = screen.parts;
  if (room?.is_archived) {
    foot.replaceChildren(h("div", { class: "foot-note" }, env.t("archived")));
    return;
  }
  const name = room?.kind === "im" ? paperboy(env) : `#${room?.name ?? ""}`;
  screen.channelComposer.set(`${env.t("write")} ${name}`);
  const hints = [];
  if (room && !room.is_member) hints.push(h("div", { class: "foot-note" }, env.t("not-member")));
  if (room?.kind === "im") {
    const elsewhere = data.statuses.filter((one) => one.thread_ts !== screen.thread);
    hints.push(...elsewhere.map((one) => status(screen, one)));
    if (data.prompts.prompts.length && !data.messages.length)
      hints.push(prompts(screen, data.prompts));
  }
  keep(foot, hints, screen.channelComposer.node);
}

/** Put hints above a composer without taking the composer out, which would lose the focus. */
function keep(parent, hints, node) {
  if (node.parentElement !== parent) parent.replaceChildren(node);
  for (const child of [...parent.children]) if (child !== node) child.remove();
  node.before(...hints);
}

function prompts(screen, held) {
  const ask = (one) => () => screen.write(one.message, "");
  return h(
    "div",
    { class: "prompts" },
    h("span", { class: "hint" }, held.title || screen.env.t("prompts")),
    held.prompts.map((one) =>
      h("button", { type: "button", class: "prompt", onclick: ask(one) }, one.title),
    ),
  );
}

function status(screen, one) {
  const words = one.text;
  return h(
    "div",
    { class: "status" },
    h("span", { class: "dots" }),
    `${paperboy(screen.env)} ${words}`,
  );
}

/** The thread beside the channel, when one is open. */
export function drawThread(screen) {
  const { node, title, list, foot, stop } = screen.parts.thread;
  const { env, data } = screen;
  node.hidden = !data.thread;
  screen.frame.classList.toggle("with-thread", Boolean(data.thread));
  if (!data.thread) {
    const left = screen.threadPlace;
    screen.threadPlace = null;
    if (left) screen.focusComposer();
    return;
  }
  title.textContent = data.thread.title || env.t("thread");
  const room = env.channels.get(screen.channel);
  screen.parts.thread.place.textContent = room?.name ? `#${room.name}` : paperboy(env);
  stop.hidden = data.thread.session !== "processing";
  const moved = screen.threadPlace !== `${screen.user}/${screen.thread}`;
  const atEnd = moved || list.atEnd;
  screen.threadPlace = `${screen.user}/${screen.thread}`;
  const hidden = data.ephemerals.filter((one) => one.thread_ts === screen.thread);
  const shown = inOrder(data.thread.messages, hidden);
  reconcile(list, messageItems(shown, screen, { inThread: true }));
  const here = data.statuses.filter((one) => one.thread_ts === screen.thread);
  screen.threadComposer.set(env.t("reply"));
  keep(
    foot,
    here.map((one) => status(screen, one)),
    screen.threadComposer.node,
  );
  if (atEnd) list.scrollTop = list.scrollHeight;
  if (moved) screen.focusComposer();
}
