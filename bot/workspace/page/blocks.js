// The blocks that apps send most, as nodes; any other is named.

import { chart } from "./charts.js";
import { h, picture } from "./dom.js";
import { element } from "./elements.js";
import { markdown } from "./markdown.js";
import { mrkdwn, words } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const LONG_TEXT = 700;

/** The nodes of blocks on a surface. */
export function drawBlocks(blocks, surface) {
  return (blocks ?? []).map((block) => {
    const draw = DRAWN[block.type];
    const drawn = draw ? draw(block, surface) : unknown(block, surface);
    drawn.classList.add("block", `block-${block.type}`);
    return drawn;
  });
}

function unknown(block, { env }) {
  return h("div", { class: "unknown" }, `${env.t("unknown-block")}: ${block.type}`);
}

function section(block, surface) {
  const { env } = surface;
  const text = block.text ? h("div", { class: "section-text" }, ...words(block.text, env)) : null;
  const shortened =
    text && !block.expand && (block.text.text ?? "").length > LONG_TEXT ? folded(text, env) : text;
  const fields = block.fields
    ? h(
        "div",
        { class: "fields" },
        block.fields.map((one) => h("div", {}, ...words(one, env))),
      )
    : null;
  const accessory = block.accessory
    ? h("div", { class: "accessory" }, element(block.accessory, block, surface))
    : null;
  return h("div", {}, h("div", { class: "section-body" }, shortened, fields), accessory);
}

function folded(text, env) {
  const toggle = h("button", { type: "button", class: "link-button" }, env.t("show-more"));
  const node = h("div", {}, h("div", { class: "folded" }, text), toggle);
  toggle.addEventListener("click", () => {
    const open = node.firstChild.classList.toggle("folded");
    toggle.textContent = env.t(open ? "show-more" : "show-less");
  });
  return node;
}

function header(block, { env }) {
  return h("div", { role: "heading", "aria-level": "3" }, ...words(block.text, env));
}

function context(block, { env }) {
  const parts = (block.elements ?? []).map((one) =>
    one.type === "image"
      ? picture(one.image_url, one.alt_text, "context-image")
      : h("span", {}, ...words(one, env)),
  );
  return h("div", {}, ...parts);
}

function actions(block, surface) {
  return h(
    "div",
    {},
    (block.elements ?? []).map((one) => element(one, block, surface)),
  );
}

function input(block, surface) {
  const { env, errors } = surface;
  const error = errors?.[block.block_id];
  const optional = block.optional ? h("span", { class: "hint" }, ` (${env.t("optional")})`) : null;
  return h(
    "div",
    { class: error ? "has-error" : null },
    h("div", { class: "input-label" }, ...words(block.label, env), optional),
    element(block.element, block, surface),
    error ? h("div", { class: "error", role: "alert" }, error) : null,
    block.hint ? h("div", { class: "hint" }, ...words(block.hint, env)) : null,
  );
}

function image(block, { env }) {
  const title = block.title ? h("figcaption", {}, ...words(block.title, env)) : null;
  return h("figure", {}, title, picture(block.image_url, block.alt_text, "block-picture"));
}

function markdownBlock(block) {
  return h("div", { class: "markdown" }, ...markdown(block.text));
}

function table(block, { env }) {
  const settings = block.column_settings ?? [];
  const cell = (tag) => (held, at) => {
    const inner =
      held.type === "rich_text" ? richText(held, env) : [String(held.text ?? held.value ?? "")];
    const node = h(tag, {}, ...inner);
    node.style.textAlign = settings[at]?.align ?? "";
    return node;
  };
  const [head, ...body] = block.rows ?? [];
  return h(
    "div",
    { class: "table-frame" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, (head ?? []).map(cell("th")))),
      h(
        "tbody",
        {},
        body.map((row) => h("tr", {}, row.map(cell("td")))),
      ),
    ),
  );
}

const DRAWN = {
  actions,
  context,
  context_actions: actions,
  data_visualization: chart,
  divider: () => h("hr"),
  header,
  image,
  input,
  markdown: markdownBlock,
  rich_text: (block, { env }) => h("div", {}, ...richText(block, env)),
  section,
  table,
};

/** A message's text, when it has no blocks. */
export function drawText(text, env) {
  return h("div", { class: "block block-text" }, ...mrkdwn(text, env));
}
