// The frame around channel and thread: headings, composers, the menu of shortcuts.

import { completions } from "./completions.js";
import { composer } from "./composer.js";
import { h, iconButton } from "./dom.js";
import { messageList } from "./panels.js";
import { avatar, paperboy } from "./people.js";
import { toggleTheme } from "./theme.js";

/** Build the frame in the language of the reader; a new language builds it anew. */
export function buildFrame(screen) {
  screen.frame?.remove();
  const side = h("aside", { class: "sidebar" });
  const shade = h("div", { class: "side-shade", onclick: () => screen.toggleSide(false) });
  const head = h("header", { class: "head" });
  const list = messageList(screen.env.t("messages"));
  const foot = h("div", { class: "foot" });
  const main = h("main", { class: "main" }, head, list, foot);
  const thread = threadFrame(screen);
  screen.parts = { side, head, list, foot, thread, language: screen.env.language };
  screen.frame = h("div", { class: "frame" }, side, shade, main, thread.node);
  screen.place = screen.threadPlace = null;
  document.getElementById("app").prepend(screen.frame);
  screen.channelComposer = makeComposer(screen, () => "");
  screen.threadComposer = makeComposer(screen, () => screen.thread);
}

function threadFrame(screen) {
  const { env } = screen;
  const title = h("h1", {});
  const close = iconButton("close", env.t("close"), () => screen.moveTo({ tab: screen.tab }));
  const stop = iconButton("stop", env.t("stop"), () =>
    screen.do({ do: "stop", channel: screen.channel, thread_ts: screen.thread }),
  );
  const list = messageList(env.t("thread"));
  const foot = h("div", { class: "foot" });
  const place = h("span", { class: "topic" });
  const spring = h("span", { class: "spring" });
  const head = h("header", { class: "head" }, title, place, spring, stop, close);
  const parts = { class: "thread", hidden: true, "aria-label": env.t("thread") };
  const node = h("section", parts, head, list, foot);
  return { node, title, place, list, foot, stop };
}

function makeComposer(screen, thread) {
  const { env } = screen;
  return composer({
    send: (text) => screen.write(text, thread()),
    completions: (before) => completions(before, screen, { commands: !thread() }),
    menu: () => globalShortcuts(screen),
    labels: { send: env.t("send"), shortcuts: env.t("shortcuts") },
  });
}

function globalShortcuts(screen) {
  const known = screen.data.shortcuts.filter((one) => one.type === "global");
  if (!known.length) return [{ label: screen.env.t("no-shortcuts"), run() {} }];
  return known.map((one) => ({
    label: one.name,
    note: one.description,
    run: () => screen.do({ do: "shortcut", callback_id: one.callback_id }),
  }));
}

/** What stands over a channel, or over the app's Home and messages. */
export function heading(screen, room) {
  const { env } = screen;
  const direct = room?.kind === "im";
  const tab = (name) =>
    h(
      "button",
      {
        type: "button",
        class: screen.tab === name ? "tab chosen" : "tab",
        role: "tab",
        "aria-selected": String(screen.tab === name),
        onclick: () => screen.go(screen.channel, name),
      },
      env.t(name),
    );
  const title = direct
    ? [
        avatar(null, 24),
        h("h1", {}, paperboy(env)),
        h("div", { class: "tabs", role: "tablist" }, tab("home"), tab("messages")),
      ]
    : [h("h1", {}, `# ${room?.name ?? ""}`), h("span", { class: "topic" }, room?.topic ?? "")];
  const side = iconButton("menu", env.t("channels"), () => screen.toggleSide(), "side-opener");
  return [
    side,
    ...title,
    h("span", { class: "spring" }),
    direct ? null : h("span", { class: "count" }, room?.members_label ?? ""),
    iconButton("sun", env.t("theme"), toggleTheme),
    iconButton("code", env.t("log"), () => screen.toggleDrawer()),
  ].filter(Boolean);
}
