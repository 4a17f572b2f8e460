// Every block that Slack knows, as nodes.

import { chart } from "./charts.js";
import { h, icon, link, picture } from "./dom.js";
import { element } from "./elements.js";
import { markdown } from "./markdown.js";
import { mrkdwn, words } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const LONG_TEXT = 700;
const TASK_MARKS = { complete: "✓", error: "!", in_progress: "", pending: "" };

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

function video(block, { env }) {
  return h(
    "div",
    {},
    link(block.title_url ?? block.video_url, ...words(block.title, env)),
    picture(block.thumbnail_url, block.alt_text, "block-picture"),
  );
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
  const caption = block.caption ? h("caption", {}, block.caption) : null;
  return h(
    "div",
    { class: "table-frame" },
    h(
      "table",
      {},
      caption,
      h("thead", {}, h("tr", {}, (head ?? []).map(cell("th")))),
      h(
        "tbody",
        {},
        body.map((row) => h("tr", {}, row.map(cell("td")))),
      ),
    ),
  );
}

function task(block, { env }) {
  const status = block.status ?? "pending";
  const notes = [block.details, block.output]
    .filter(Boolean)
    .map((held) =>
      h(
        "div",
        { class: "task-note" },
        ...(typeof held === "string" ? markdown(held) : richText(held, env)),
      ),
    );
  const sources = (block.sources ?? []).map((one) =>
    h("span", { class: "source" }, link(one.url, one.text ?? one.url)),
  );
  return h(
    "div",
    { class: `task task-${status}` },
    h("span", { class: "task-mark" }, TASK_MARKS[status] ?? ""),
    h(
      "div",
      {},
      ...words(block.title, env),
      ...notes,
      sources.length ? h("div", {}, sources) : null,
    ),
  );
}

function plan(block, surface) {
  const tasks = (block.tasks ?? []).map((one) => task(one, surface));
  return h(
    "div",
    {},
    h("div", { class: "plan-title" }, ...words(block.title, surface.env)),
    ...tasks,
  );
}

function alert(block, { env }) {
  const node = h("div", { role: "note" }, ...words(block.text, env));
  node.dataset.level = block.level ?? "default";
  return node;
}

function card(block, surface) {
  const { env } = surface;
  const part = (name) =>
    block[name] ? h("div", { class: `card-${name}` }, ...words(block[name], env)) : null;
  const hero = block.hero_image
    ? picture(block.hero_image.image_url, block.hero_image.alt_text, "card-hero")
    : null;
  const buttons = block.actions?.length
    ? h(
        "div",
        { class: "card-actions" },
        block.actions.map((one) => element(one, block, surface)),
      )
    : null;
  return h("div", { class: "card" }, hero, part("title"), part("subtitle"), part("body"), buttons);
}

function carousel(block, surface) {
  return h(
    "div",
    {},
    (block.elements ?? []).map((one) => card(one, surface)),
  );
}

function container(block, surface) {
  const title = [
    h("span", { class: "container-title" }, ...words(block.title, surface.env)),
    block.subtitle ? h("span", { class: "hint" }, ...words(block.subtitle, surface.env)) : null,
  ];
  const inner = h("div", { class: "container-body" }, ...drawBlocks(block.child_blocks, surface));
  if (!block.is_collapsible)
    return h("div", {}, h("div", { class: "container-head" }, ...title), inner);
  return h(
    "details",
    { open: !block.default_collapsed },
    h("summary", { class: "container-head" }, ...title),
    inner,
  );
}

const DRAWN = {
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  context_actions: actions,
  data_table: table,
  data_visualization: chart,
  divider: () => h("hr"),
  file: (block) => h("div", {}, icon("code"), ` ${block.external_id ?? ""}`),
  header,
  image,
  input,
  markdown: markdownBlock,
  plan,
  rich_text: (block, { env }) => h("div", {}, ...richText(block, env)),
  section,
  table,
  task_card: task,
  video,
};

/** A message's text, when it has no blocks. */
export function drawText(text, env) {
  return h("div", { class: "block block-text" }, ...mrkdwn(text, env));
}
