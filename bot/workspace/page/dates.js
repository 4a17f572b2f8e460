// Times in the language and the zone of the member who reads.

import { h, link } from "./dom.js";

const FORMATS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

function format(seconds, options, env) {
  const moment = new Date(seconds * 1000);
  return new Intl.DateTimeFormat(env.locale, { ...options, timeZone: env.zone }).format(moment);
}

/** The hour of a message. */
export function timeOf(ts, env) {
  return format(Number(ts), FORMATS.time, env);
}

/** The day of a message, long. */
export function dayOf(ts, env) {
  return format(Number(ts), { weekday: "long", month: "long", day: "numeric" }, env);
}

/** A moment on a member's own clock. */
export function clockOf(seconds, { tz, locale }) {
  const options = { weekday: "short", ...FORMATS.time };
  return format(seconds, options, { zone: tz, locale });
}

/** Slack's `<!date^…>`. */
export function slackDate(target, fallback, env) {
  const [, seconds, pattern, address] = target.split("^");
  if (!/^\d+$/.test(seconds) || !pattern) return h("span", {}, fallback);
  const text = pattern.replace(/\{(\w+?)(_pretty)?\}/g, (whole, name) =>
    FORMATS[name] ? format(Number(seconds), FORMATS[name], env) : whole,
  );
  return address ? link(address, text) : h("time", {}, text);
}
