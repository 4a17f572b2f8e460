// The left side: who one is, channels, the app, and what to try first.

import { clockOf } from "./dates.js";
import { h, icon, reconcile } from "./dom.js";
import { guide } from "./guide.js";
import { avatar, paperboy } from "./people.js";

/** Draw the sidebar of a screen; parts that did not change keep their nodes. */
export function drawSidebar(screen) {
  const { env, data } = screen;
  const seen = data.channels.map((one) => [one, screen.isUnread(one)]);
  const place = [env.me, env.language, screen.channel];
  const parts = [
    ["team", [data.team.name], () => team(screen)],
    ["people", [...place, clockOf(data.now, env.members.get(env.me))], () => people(screen)],
    ["rooms", [...place, seen], () => rooms(screen)],
    ["guide", [...place, screen.tried], () => guide(screen)],
    ["link", [data.connected, screen.serverGone], () => linkState(screen)],
  ];
  reconcile(
    screen.parts.side,
    parts.map(([key, held, draw]) => ({ key, draw, mark: JSON.stringify([env.language, held]) })),
  );
}

function team({ env, data }) {
  return h(
    "div",
    { class: "team" },
    h("div", { class: "team-name" }, data.team.name),
    h("div", { class: "team-about" }, env.t("about")),
  );
}

function linkState({ env, data, serverGone }) {
  if (serverGone) return h("div", { class: "link-state", role: "status" }, env.t("server-gone"));
  const state = data.connected ? "connected" : "disconnected";
  const classes = data.connected ? "link-state on" : "link-state";
  return h("div", { class: classes, role: "status" }, env.t(state));
}

function people(screen) {
  const { env } = screen;
  const faces = [...env.members.values()]
    .filter((one) => !one.bot_id)
    .map((one) =>
      h(
        "button",
        {
          type: "button",
          class: one.id === env.me ? "face chosen" : "face",
          title: `${one.real_name} · ${one.locale} · ${one.tz}`,
          "aria-pressed": String(one.id === env.me),
          onclick: () => screen.become(one.id),
        },
        avatar(one, 36),
        h("span", { class: "face-name" }, one.real_name.split(" ")[0]),
      ),
    );
  const me = env.members.get(env.me);
  const zone = `${me.tz.replace("_", " ")} · ${clockOf(screen.data.now, me)}`;
  return h(
    "div",
    { class: "people" },
    h("h2", {}, env.t("acting-as")),
    h("div", { class: "faces" }, faces),
    h("div", { class: "zone" }, zone),
  );
}

function rooms(screen) {
  const { env, data } = screen;
  const direct = data.channels.find((one) => one.kind === "im");
  return h(
    "nav",
    { class: "rooms", "aria-label": env.t("channels") },
    h("h2", {}, env.t("channels")),
    data.channels.filter((one) => one.kind !== "im").map((one) => room(one, screen)),
    h("h2", {}, env.t("apps")),
    direct
      ? entry(direct, screen, "home", avatar(null, 20), h("span", {}, paperboy(env)))
      : null,
  );
}

function room(channel, screen) {
  const mark = channel.kind === "private" ? icon("lock") : h("span", { class: "hash" }, "#");
  return entry(channel, screen, "messages", mark, h("span", {}, channel.name));
}

function entry(channel, screen, tab, ...inner) {
  const chosen = screen.channel === channel.id;
  const classes = [
    "room",
    chosen ? "chosen" : "",
    !chosen && screen.isUnread(channel) ? "unread" : "",
    channel.is_archived ? "archived" : "",
  ];
  return h(
    "button",
    {
      type: "button",
      class: classes.filter(Boolean).join(" "),
      "aria-current": chosen ? "page" : null,
      onclick: () => screen.go(channel.id, tab),
    },
    ...inner,
  );
}
