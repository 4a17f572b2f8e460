// The left side: who one is, channels, the app.

import { h, icon } from "./dom.js";
import { avatar, paperboy } from "./people.js";
import { nowIn } from "./dates.js";

/** The sidebar for a screen. */
export function sidebar(screen) {
  const { env, data } = screen;
  const rooms = data.channels.filter((one) => one.kind !== "im");
  const direct = data.channels.find((one) => one.kind === "im");
  return [
    h(
      "div",
      { class: "team" },
      h("div", { class: "team-name" }, data.team.name),
      h("div", { class: "team-about" }, env.t("about")),
    ),
    people(screen),
    h(
      "nav",
      { class: "rooms" },
      h("h2", {}, env.t("channels")),
      rooms.map((one) => room(one, screen)),
      h("h2", {}, env.t("apps")),
      direct ? app(direct, screen) : null,
    ),
    tips(screen),
    linkState(screen),
  ];
}

function linkState({ env, data, serverGone }) {
  if (serverGone) return h("div", { class: "link-state" }, env.t("server-gone"));
  const state = data.connected ? "connected" : "disconnected";
  return h("div", { class: data.connected ? "link-state on" : "link-state" }, env.t(state));
}

/** What a newcomer may try; a click puts it into the composer. */
function tips(screen) {
  const { env } = screen;
  const tries = ["try-today", "try-search", "try-mention"].map((name) => env.t(name));
  return h(
    "div",
    { class: "tips" },
    h("h2", {}, env.t("try")),
    tries.map((text) =>
      h("button", { type: "button", class: "tip", onclick: () => screen.propose(text) }, text),
    ),
    h("p", {}, env.t("try-thread")),
  );
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
  return h(
    "div",
    { class: "people" },
    h("h2", {}, env.t("acting-as")),
    h("div", { class: "faces" }, faces),
    h("div", { class: "zone" }, `${me.tz.replace("_", " ")} · ${nowIn(me.tz, me.locale)}`),
  );
}

function room(channel, screen) {
  const chosen = screen.channel === channel.id;
  const unread = !chosen && channel.latest > (screen.read(channel.id) ?? "");
  const classes = [
    "room",
    chosen ? "chosen" : "",
    unread ? "unread" : "",
    channel.is_archived ? "archived" : "",
  ];
  const mark = channel.kind === "private" ? icon("lock") : h("span", { class: "hash" }, "#");
  return h(
    "button",
    { type: "button", class: classes.join(" "), onclick: () => screen.go(channel.id) },
    mark,
    h("span", {}, channel.name),
  );
}

function app(channel, screen) {
  const chosen = screen.channel === channel.id;
  const unread = !chosen && channel.latest > (screen.read(channel.id) ?? "");
  return h(
    "button",
    {
      type: "button",
      class: `room ${chosen ? "chosen" : ""} ${unread ? "unread" : ""}`,
      onclick: () => screen.go(channel.id, "home"),
    },
    avatar(null, 20),
    h("span", {}, paperboy(screen.env)),
  );
}
