// What could be meant by the beginning of a command, a name, a channel or an emoji.

import { h } from "./dom.js";
import { EMOJI } from "./emoji.js";

const MOST = 8;
const WORD = /(^|\s)([@#:])([\p{L}\p{N}_.+-]*)$/u;

/**
 * Completions of the text before the cursor: {from, eager, items}, or null.
 * Each item is {text, nodes}; `from` is where its text goes, `eager` says that Enter takes one.
 */
export function completions(before, screen, { commands }) {
  if (before.startsWith("/")) return commands ? commandsFor(before, screen) : null;
  const found = before.match(WORD);
  if (!found) return null;
  const [, space, sign, typed] = found;
  const items = SOURCES[sign](typed.toLowerCase(), screen).slice(0, MOST);
  return items.length ? { from: found.index + space.length, eager: true, items } : null;
}

function commandsFor(before, { data }) {
  const from = before.indexOf(" ") + 1;
  const known = data.commands.find((one) => one.command === before.slice(0, from - 1));
  return from ? subcommandsOf(known, before.slice(from), from) : namesOf(before, data);
}

/** What the command's usage hint names: `today | show 3 | search words`. */
function subcommandsOf(known, typed, from) {
  const items = (known?.usage_hint ?? "")
    .split("|")
    .map((one) => one.trim().split(/\s+(.*)/))
    .filter(([name]) => name.startsWith(typed) && name !== typed)
    .map(([name, rest]) => ({
      text: rest ? `${name} ` : name,
      nodes: [h("strong", {}, name), h("code", {}, rest ?? "")],
    }));
  return items.length ? { from, eager: false, items } : null;
}

function namesOf(before, data) {
  const fits = data.commands.filter((one) => one.command.startsWith(before));
  if (!fits.length) return null;
  const items = fits.map((one) => ({
    text: `${one.command} `,
    nodes: [
      h("strong", {}, one.command),
      h("code", {}, one.usage_hint ?? ""),
      h("span", { class: "hint" }, one.description ?? ""),
    ],
  }));
  return { from: 0, eager: false, items };
}

function people(typed, { env }) {
  return [...env.members.values()]
    .filter((one) => `${one.name} ${one.real_name}`.toLowerCase().includes(typed))
    .map((one) => ({
      text: `@${one.name} `,
      nodes: [h("strong", {}, one.real_name), h("span", { class: "hint" }, `@${one.name}`)],
    }));
}

function rooms(typed, { env }) {
  return [...env.channels.values()]
    .filter((one) => one.name && one.name.includes(typed))
    .map((one) => ({ text: `#${one.name} `, nodes: [h("strong", {}, `#${one.name}`)] }));
}

function emoji(typed) {
  if (typed.length < 2) return [];
  return Object.entries(EMOJI)
    .filter(([name]) => name.includes(typed))
    .map(([name, drawn]) => ({
      text: `:${name}: `,
      nodes: [h("span", { class: "emoji" }, drawn), h("span", {}, `:${name}:`)],
    }));
}

const SOURCES = { "@": people, "#": rooms, ":": emoji };
