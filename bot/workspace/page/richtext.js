// The `rich_text` block, which every message of a person carries, as nodes.

import { h, link } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { channelName, mention, plainText } from "./mrkdwn.js";
import { slackDate } from "./dates.js";

const STYLES = [
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["code", "code"],
];

/** The nodes of a rich text block. */
export function richText(block, env) {
  return (block.elements ?? []).map((part) => section(part, env));
}

function section(part, env) {
  const inner = () => (part.elements ?? []).flatMap((one) => element(one, env));
  if (part.type === "rich_text_list") {
    const items = (part.elements ?? []).map((one) =>
      h("li", {}, ...(one.elements ?? []).flatMap((child) => element(child, env))),
    );
    const list = h(part.style === "ordered" ? "ol" : "ul", {}, ...items);
    list.style.marginInlineStart = `${(part.indent ?? 0) * 24}px`;
    return list;
  }
  if (part.type === "rich_text_preformatted") return h("pre", {}, ...inner());
  if (part.type === "rich_text_quote") return h("blockquote", {}, ...inner());
  return h("div", { class: "rich-section" }, ...inner());
}

function element(held, env) {
  switch (held.type) {
    case "text":
      return styled(held.style?.code ? lines(held.text) : plainText(held.text), held.style);
    case "link":
      return [styled([link(held.url, held.text || held.url)], held.style)].flat();
    case "user":
      return [mention(held.user_id, env)];
    case "channel":
      return [channelName(held.channel_id, "", env)];
    case "broadcast":
      return [h("span", { class: "mention broadcast" }, `@${held.range}`)];
    case "emoji":
      return [h("span", { class: "emoji" }, EMOJI[held.name] ?? `:${held.name}:`)];
    case "date":
      return [slackDate(`!date^${held.timestamp}^${held.format}`, held.fallback ?? "", env)];
    default:
      return [String(held.text ?? "")];
  }
}

function lines(text) {
  return String(text ?? "")
    .split("\n")
    .flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

function styled(nodes, style) {
  return STYLES.reduce(
    (held, [name, tag]) => (style?.[name] ? [h(tag, {}, ...held)] : held),
    nodes,
  );
}
