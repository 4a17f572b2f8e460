// Slack's mrkdwn as nodes.

import { h, link } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { slackDate } from "./dates.js";

const TOKEN = new RegExp(
  [
    "<([^<>\\n]+)>",
    "`([^`\\n]+)`",
    "(?<![\\p{L}\\p{N}])([*_~])(?=\\S)([^\\n]*?\\S)\\3(?![\\p{L}\\p{N}])",
    ":([a-z0-9_+-]+):",
  ].join("|"),
  "gu",
);
const TAGS = { "*": "strong", _: "em", "~": "s" };

/** Text as it is meant: without Slack's three escapes. */
function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Words of a text object (or a bare string) as nodes. */
export function words(held, env) {
  if (!held) return [];
  if (typeof held === "string") return [held];
  return held.type === "mrkdwn" ? mrkdwn(held.text, env) : plainText(held.text);
}

/** The nodes of a mrkdwn text; `env` knows members, channels, language and zone. */
export function mrkdwn(text, env) {
  const parts = String(text ?? "").split("```");
  // A fence that is never closed is no fence.
  if (parts.length % 2 === 0) parts.push(parts.splice(-2).join("```"));
  return parts.flatMap((part, index) => {
    if (index % 2) return h("pre", {}, unescape(part.replace(/^\n|\n$/g, "")));
    // The line breaks around a code block belong to it.
    const from = index > 0 && part.startsWith("\n") ? 1 : 0;
    const to = index < parts.length - 1 && part.endsWith("\n") ? -1 : undefined;
    return paragraphs(part.slice(from, to), env);
  });
}

/** The nodes of plain text, which knows line breaks and emoji names only. */
export function plainText(text) {
  return String(text ?? "")
    .split("\n")
    .flatMap((line, index) => (index ? [h("br"), ...emojiIn(line)] : emojiIn(line)));
}

function emojiIn(line) {
  return line
    .split(/:([a-z0-9_+-]+):/)
    .map((part, index) => (index % 2 ? (EMOJI[part] ?? `:${part}:`) : part))
    .filter(Boolean);
}

/** Lines and quotes of a text without code blocks. */
function paragraphs(text, env) {
  const nodes = [];
  let quote = null;
  text.split("\n").forEach((line, index, lines) => {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quoted) {
      if (!quote) nodes.push((quote = h("blockquote")));
      else quote.append(h("br"));
      quote.append(...inline(quoted[1], env));
      return;
    }
    quote = null;
    nodes.push(...inline(line, env));
    if (index < lines.length - 1) nodes.push(h("br"));
  });
  return nodes;
}

/** One line: links, mentions, emphasis, emoji. */
export function inline(text, env) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const node = piece(match, env);
    if (node === null) continue;
    nodes.push(unescape(text.slice(end, match.index)), node);
    end = match.index + match[0].length;
  }
  nodes.push(unescape(text.slice(end)));
  return nodes.filter((node) => node !== "");
}

function piece([, reference, code, mark, marked, emoji], env) {
  if (reference) return referred(reference, env);
  if (code) return h("code", {}, unescape(code));
  if (mark) return h(TAGS[mark], {}, ...inline(marked, env));
  return EMOJI[emoji] ? h("span", { class: "emoji", title: `:${emoji}:` }, EMOJI[emoji]) : null;
}

function referred(reference, env) {
  const [target, label] = split(reference);
  if (target.startsWith("@")) return mention(target.slice(1), env);
  if (target.startsWith("#")) return channelName(target.slice(1), label, env);
  if (target.startsWith("!date^")) return slackDate(target, label, env);
  if (target.startsWith("!")) {
    return h("span", { class: "mention broadcast" }, label || `@${target.slice(1).split("^")[0]}`);
  }
  const address = unescape(target);
  return link(address, ...(label ? inline(label, env) : [address.replace(/^mailto:/, "")]));
}

function split(reference) {
  const bar = reference.indexOf("|");
  return bar < 0 ? [reference, ""] : [reference.slice(0, bar), reference.slice(bar + 1)];
}

/** A member's name, as it stands in a message. */
export function mention(id, env) {
  const member = env.members.get(id);
  const self = id === env.me ? " mention-me" : "";
  return h("span", { class: `mention${self}` }, `@${member ? member.real_name : id}`);
}

/** A channel's name, as it stands in a message. */
export function channelName(id, label, env) {
  const channel = env.channels.get(id);
  return h("span", { class: "mention" }, `#${channel?.name || label || id}`);
}
