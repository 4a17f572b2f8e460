// What a newcomer may try, one after the other; what was tried is ticked off.

import { h, icon } from "./dom.js";

const KEPT = "paperboy-tried";
const DIGESTS = "C0DAILY001";

const STEPS = {
  "guide-morning": (screen) => screen.go(DIGESTS),
  "guide-thread": openNewestThread,
  "guide-today": (screen, env) => propose(screen, env.t("try-today")),
  "guide-search": (screen, env) => propose(screen, env.t("try-search")),
  "guide-subscribe": (screen, env) => propose(screen, env.t("try-subscribe")),
  "guide-home": (screen) => screen.go(screen.directOf(screen.user), "home"),
  "guide-person": (screen, env) => screen.become(someoneElse(env)),
  "guide-log": (screen) => screen.drawer ?? screen.toggleDrawer(),
};

/** The steps that were tried in this browser. */
export function triedSteps() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

/** The list of steps. */
export function guide(screen) {
  const { env } = screen;
  const names = Object.keys(STEPS);
  const tried = names.filter((name) => screen.tried.includes(name));
  const steps = names.map((name) => step(name, screen));
  return h(
    "details",
    { class: "guide", open: tried.length < names.length },
    h(
      "summary",
      {},
      h("h2", {}, env.t("guide")),
      h("span", { class: "tally" }, `${tried.length}/${names.length}`),
    ),
    h("ol", {}, ...steps),
  );
}

function step(name, screen) {
  const { env } = screen;
  const tried = screen.tried.includes(name);
  const mark = h("span", { class: "tick" }, tried ? icon("check") : null);
  const told = tried ? h("span", { class: "unseen" }, env.t("guide-tried")) : null;
  const run = () => {
    if (!tried) screen.tried = [...screen.tried, name];
    localStorage.setItem(KEPT, JSON.stringify(screen.tried));
    screen.draw();
    STEPS[name](screen, env);
  };
  return h(
    "li",
    { class: tried ? "tried" : null },
    h("button", { type: "button", class: "step", onclick: run }, mark, env.t(name), told),
  );
}

async function propose(screen, text) {
  const channel = screen.isDirect() ? DIGESTS : screen.channel;
  await screen.arriveAt({ channel });
  screen.channelComposer.fill(text);
}

/** The newest thread of the app there, ready for a question. */
async function openNewestThread(screen, env) {
  await screen.arriveAt({ channel: DIGESTS });
  const newest = screen.data.messages.findLast((one) => one.bot_id && one.reply_count);
  if (!newest) return;
  await screen.arriveAt({ channel: DIGESTS, thread: newest.ts });
  screen.threadComposer.fill(env.t("try-question"));
}

function someoneElse(env) {
  const others = [...env.members.values()].filter((one) => !one.bot_id);
  return others.find((one) => one.locale !== env.locale)?.id ?? env.me;
}
