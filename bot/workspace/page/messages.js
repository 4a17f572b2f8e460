// Messages: in channels, in threads, and those that only one member sees.

import { h, icon, iconButton, link, picture } from "./dom.js";
import { drawBlocks, drawText } from "./blocks.js";
import { EMOJI, QUICK } from "./emoji.js";
import { openMenu } from "./menu.js";
import { dayOf, timeOf } from "./dates.js";
import { avatar, paperboy } from "./people.js";

/**
 * The list items of messages for `reconcile`, with a line where a new day begins, and one before
 * what others wrote after `readBefore`, where that is given.
 */
export function messageItems(messages, screen, { inThread = false, readBefore } = {}) {
  const items = [];
  let day = "";
  let before = null;
  const fresh = readBefore === undefined ? null : firstNew(messages, readBefore, screen.env.me);
  for (const message of messages) {
    const today = dayOf(message.ts, screen.env);
    if (today !== day) {
      items.push({ key: `day-${today}`, mark: today, draw: () => dayLine(today) });
      before = null;
    }
    if (message === fresh) {
      const words = screen.env.t("new");
      items.push({ key: "new", mark: words, draw: () => newLine(words) });
      before = null;
    }
    const joined = joins(before, message);
    const mark = JSON.stringify([message, joined, screen.env.me, screen.env.language, inThread]);
    items.push({
      key: message.ts,
      mark,
      draw: () => drawMessage(message, screen, { inThread, joined }),
    });
    day = today;
    before = message;
  }
  return items;
}

function firstNew(messages, readBefore, me) {
  return messages.find((one) => one.ts > readBefore && one.user !== me && !one.ephemeral);
}

function newLine(words) {
  return h("div", { class: "new-line", role: "separator" }, h("span", {}, words));
}

/** A message soon after one of the same author stands under it without a name of its own. */
function joins(before, message) {
  return (
    before !== null &&
    before.user === message.user &&
    !before.ephemeral === !message.ephemeral &&
    !message.thread_ts === !before.thread_ts &&
    message.ts - before.ts < 300 &&
    !before.reply_count
  );
}

function dayLine(day) {
  return h("div", { class: "day-line", role: "separator" }, h("span", {}, day));
}

function drawMessage(message, screen, { inThread, joined }) {
  const { env } = screen;
  const author = env.members.get(message.user);
  const kinds = [
    "message",
    joined ? "joined" : "",
    message.ephemeral ? "ephemeral" : "",
    message.streaming ? "streaming" : "",
  ];
  const side = joined
    ? h("time", { class: "side-time" }, timeOf(message.ts, env))
    : avatar(author, 36);
  return h(
    "article",
    {
      class: kinds.filter(Boolean).join(" "),
      id: `m-${message.ts}`,
      tabindex: 0,
      "aria-label": `${author?.real_name ?? message.user}, ${timeOf(message.ts, env)}`,
      onkeydown: moveAmong,
    },
    message.ephemeral ? h("div", { class: "only-you" }, icon("eye"), env.t("only-you")) : null,
    h("div", { class: "message-side" }, side),
    h(
      "div",
      { class: "message-body" },
      joined ? null : heading(message, author, screen),
      ...content(message, screen),
      reactions(message, screen),
      !inThread && message.reply_count ? replies(message, screen) : null,
    ),
    toolbar(message, screen, inThread),
  );
}

/** Arrow keys lead from message to message. */
function moveAmong(event) {
  const row = event.currentTarget;
  if (event.target !== row) return;
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (!step) return;
  let next = row[step];
  while (next && !next.classList.contains("message")) next = next[step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function heading(message, author, { env }) {
  return h(
    "div",
    { class: "message-head" },
    h("span", { class: "author" }, author?.real_name ?? message.user),
    message.bot_id ? h("span", { class: "badge" }, env.t("app-badge")) : null,
    h("time", { class: "time" }, timeOf(message.ts, env)),
  );
}

function content(message, screen) {
  const { env } = screen;
  const surface = {
    id: message.ts,
    env,
    form: screen.form(`m-${message.ts}`),
    send: (what) => screen.click({ ...what, channel: screen.channel, ts: message.ts }),
  };
  const blocks = message.blocks?.length
    ? drawBlocks(message.blocks, surface)
    : message.text
      ? [drawText(message.text, env)]
      : [];
  const attached = (message.attachments ?? []).map((one) => attachment(one, surface));
  const files = (message.files ?? []).map(file);
  const edited = message.edited ? h("span", { class: "edited" }, env.t("edited")) : null;
  return [...blocks, ...attached, ...files, edited];
}

function file(held) {
  const named = link(held.url_private, held.title || held.name);
  if (!String(held.mimetype).startsWith("image/")) return h("div", { class: "file" }, named);
  const words = held.alt_txt || held.title || held.name;
  return h("div", { class: "file" }, named, picture(held.url_private, words, "file-picture"));
}

function attachment(held, surface) {
  const node = h("div", { class: "attachment" });
  if (held.color) node.style.borderColor = `#${String(held.color).replace("#", "")}`;
  if (held.blocks) node.append(...drawBlocks(held.blocks, surface));
  else node.append(drawText(held.text ?? held.fallback ?? "", surface.env));
  return node;
}

function reactions(message, screen) {
  const given = (message.reactions ?? []).map((one) => {
    const mine = one.users.includes(screen.env.me);
    const names = one.users.map((id) => screen.env.members.get(id)?.real_name ?? id).join(", ");
    return h(
      "button",
      {
        type: "button",
        class: mine ? "reaction mine" : "reaction",
        title: `${names} · :${one.name}:`,
        onclick: () => screen.react(message, one.name),
      },
      h("span", { class: "emoji" }, EMOJI[one.name] ?? `:${one.name}:`),
      ` ${one.count}`,
    );
  });
  return given.length ? h("div", { class: "reactions" }, ...given) : null;
}

function replies(message, screen) {
  const faces = (message.reply_users ?? []).slice(0, 4);
  return h(
    "button",
    { type: "button", class: "replies", onclick: () => screen.openThread(message.ts) },
    faces.map((id) => avatar(screen.env.members.get(id), 24)),
    h("span", { class: "replies-count" }, message.replies_label),
    h("time", { class: "time" }, timeOf(message.latest_reply, screen.env)),
  );
}

function toolbar(message, screen, inThread) {
  const { env } = screen;
  if (message.ephemeral) {
    const dismiss = iconButton("close", env.t("dismiss"), () => screen.remove(message));
    return h("div", { class: "toolbar" }, dismiss);
  }
  const react = iconButton("smile", env.t("react"), () => pickEmoji(react, message, screen));
  const reply = iconButton("reply", env.t("reply-in-thread"), () =>
    screen.openThread(message.thread_ts ?? message.ts),
  );
  const more = iconButton("more", env.t("more"), () => openMenu(more, menuItems(message, screen)));
  return h("div", { class: "toolbar" }, react, inThread ? null : reply, more);
}

function pickEmoji(anchor, message, screen) {
  const names = [...QUICK, ...Object.keys(EMOJI).filter((name) => !QUICK.includes(name))];
  openMenu(
    anchor,
    names.map((name) => ({
      label: h("span", { class: "emoji", title: `:${name}:`, "aria-label": name }, EMOJI[name]),
      run: () => screen.react(message, name),
    })),
    "emoji-menu",
  );
}

function menuItems(message, screen) {
  const { env } = screen;
  const shortcuts = screen.data.shortcuts
    .filter((one) => one.type === "message")
    .map((one) => ({
      label: one.name,
      note: paperboy(env),
      run: () => screen.messageShortcut(message, one.callback_id),
    }));
  const own =
    message.user === env.me
      ? [
          { label: env.t("edit"), run: () => screen.edit(message) },
          { label: env.t("delete"), danger: true, run: () => screen.remove(message) },
        ]
      : [];
  const copy = {
    label: env.t("copy-link"),
    run: () => navigator.clipboard?.writeText(message.permalink),
  };
  return [...shortcuts, copy, ...own];
}

/** Let the author change a message where it stands. */
export function editInPlace(message, screen) {
  const row = document.getElementById(`m-${message.ts}`);
  const box = h("textarea", { class: "field", rows: 3, "aria-label": screen.env.t("edit") });
  box.value = row.querySelector(".rich-section")?.innerText ?? message.text;
  const save = () =>
    screen.do({ do: "edit", channel: screen.channel, ts: message.ts, text: box.value });
  const cancel = () => {
    row.mark = "";
    screen.draw();
  };
  const one = (words, run, className) =>
    h("button", { type: "button", class: `button ${className}`, onclick: run }, words);
  row
    .querySelector(".message-body")
    .replaceChildren(
      box,
      h(
        "div",
        { class: "edit-row" },
        one(screen.env.t("cancel"), cancel, ""),
        one(screen.env.t("save"), save, "button-primary"),
      ),
    );
  box.focus();
}
