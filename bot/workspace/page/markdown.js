// Standard Markdown, as the `markdown` block and streamed answers carry it, as nodes.

import { h, link } from "./dom.js";
import { EMOJI } from "./emoji.js";

const INLINE = new RegExp(
  [
    "`([^`\\n]+)`",
    '!?\\[([^\\]\\n]*)\\]\\(<?([^)\\s>]+)>?(?:\\s+"[^"]*")?\\)',
    "(\\*\\*|__|~~)(?=\\S)([^\\n]*?\\S)\\4",
    "(?<![\\p{L}\\p{N}*_])([*_])(?=[^\\s*_])([^\\n]*?[^\\s*_])\\6(?![\\p{L}\\p{N}*_])",
    "(https?:\\/\\/[^\\s<>)\\]]+[^\\s<>)\\].,;:!?])",
    ":([a-z0-9_+-]+):",
    "\\\\([\\\\`*_{}\\[\\]()#+\\-.!~|>])",
  ].join("|"),
  "gu",
);
const TAGS = { "**": "strong", __: "strong", "~~": "s", "*": "em", _: "em" };
const LISTED = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;

/** The nodes of a Markdown text. */
export function markdown(text) {
  return blocks(String(text ?? "").split("\n"));
}

function blocks(lines) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const [node, next] = block(lines, at);
    if (node) nodes.push(node);
    at = next;
  }
  return nodes;
}

function block(lines, at) {
  const line = lines[at];
  if (!line.trim()) return [null, at + 1];
  if (/^\s*```/.test(line)) return fenced(lines, at);
  const heading = line.match(/^(#{1,6})\s+(.*)$/);
  if (heading) {
    const level = Math.min(heading[1].length + 2, 6);
    return [h(`h${level}`, { class: "md-heading" }, ...inline(heading[2])), at + 1];
  }
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return [h("hr"), at + 1];
  if (line.startsWith(">")) return quoted(lines, at);
  if (LISTED.test(line)) return list(lines, at);
  if (line.includes("|") && /^\s*\|?[\s:|-]+-[\s:|-]*$/.test(lines[at + 1] ?? "")) {
    return table(lines, at);
  }
  return paragraph(lines, at);
}

function fenced(lines, at) {
  let end = at + 1;
  while (end < lines.length && !/^\s*```/.test(lines[end])) end += 1;
  return [h("pre", {}, lines.slice(at + 1, end).join("\n")), end + 1];
}

function quoted(lines, at) {
  let end = at;
  while (end < lines.length && lines[end].startsWith(">")) end += 1;
  const inner = lines.slice(at, end).map((line) => line.replace(/^> ?/, ""));
  return [h("blockquote", {}, ...blocks(inner)), end];
}

function list(lines, at) {
  const [, margin, bullet] = lines[at].match(LISTED);
  const numbered = /\d/.test(bullet);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const match = lines[end].match(LISTED);
    if (!match || match[1].length < margin.length || /\d/.test(match[2]) !== numbered) break;
    if (match[1].length > margin.length) {
      const [inner, next] = list(lines, end);
      (items.at(-1) ?? items[items.push(h("li")) - 1]).append(inner);
      end = next;
      continue;
    }
    items.push(h("li", {}, ...inline(match[3])));
    end += 1;
    while (end < lines.length && /^\s+\S/.test(lines[end]) && !LISTED.test(lines[end])) {
      items.at(-1).append(" ", ...inline(lines[end].trim()));
      end += 1;
    }
  }
  const start = numbered ? { start: Number.parseInt(bullet, 10) } : {};
  return [h(numbered ? "ol" : "ul", start, ...items), end];
}

function table(lines, at) {
  const cells = (line) =>
    line
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((one) => one.trim());
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const row = (tag) => (line) =>
    h(
      "tr",
      {},
      cells(line).map((one) => h(tag, {}, ...inline(one))),
    );
  return [
    h(
      "div",
      { class: "table-frame" },
      h(
        "table",
        {},
        h("thead", {}, row("th")(lines[at])),
        h("tbody", {}, lines.slice(at + 2, end).map(row("td"))),
      ),
    ),
    end,
  ];
}

function paragraph(lines, at) {
  const nodes = [];
  let end = at;
  while (end < lines.length && lines[end].trim() && !starts(lines[end], end > at)) {
    if (nodes.length) nodes.push(h("br"));
    nodes.push(...inline(lines[end]));
    end += 1;
  }
  return [h("p", {}, ...nodes), Math.max(end, at + 1)];
}

function starts(line, inside) {
  return inside && (/^(#{1,6}\s|>|\s*```)/.test(line) || LISTED.test(line));
}

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const node = piece(match);
    if (node === null) continue;
    nodes.push(text.slice(end, match.index), node);
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes.filter((node) => node !== "");
}

function piece([, code, label, target, strong, bold, mark, marked, address, emoji, plain]) {
  if (code) return h("code", {}, code);
  if (target !== undefined) return link(target, ...(label ? inline(label) : [target]));
  if (strong) return h(TAGS[strong], {}, ...inline(bold));
  if (mark) return h(TAGS[mark], {}, ...inline(marked));
  if (address) return link(address, address);
  if (emoji) return EMOJI[emoji] ? h("span", { class: "emoji" }, EMOJI[emoji]) : null;
  return plain ?? null;
}
