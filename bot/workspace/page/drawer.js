// The drawer: every payload that went to the app and every call that came back.

import { fetchLogEntry } from "./api.js";
import { h, iconButton, reconcile } from "./dom.js";

/** The drawer: {node, show(entries)}. */
export function drawer({ env, close }) {
  const filter = h("input", {
    class: "field",
    type: "search",
    placeholder: env().t("log-filter"),
    "aria-label": env().t("log-filter"),
  });
  const list = h("div", { class: "log-list" });
  const title = h("h2", {}, env().t("log"));
  const node = h(
    "section",
    { class: "drawer" },
    h("header", {}, title, filter, iconButton("close", env().t("close"), close)),
    list,
  );
  let held = [];
  const draw = () => {
    const wanted = filter.value.trim().toLowerCase();
    const fits = held.filter(
      (one) =>
        !wanted || `${one.kind} ${one.name} ${one.error ?? ""}`.toLowerCase().includes(wanted),
    );
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
    title.textContent = env().t("log");
    if (!fits.length)
      list.replaceChildren(
        h("div", { class: "empty", dataset: { key: "-" } }, env().t("log-empty")),
      );
    else
      reconcile(
        list,
        fits.map((one) => item(one, env())),
      );
    if (atEnd) list.scrollTop = list.scrollHeight;
  };
  filter.addEventListener("input", draw);
  return {
    node,
    show(entries) {
      held = entries;
      draw();
    },
  };
}

function item(entry, env) {
  const mark = `${entry.done}${entry.milliseconds}${entry.attempt}${env.language}`;
  return { key: entry.id, mark, draw: () => row(entry, env) };
}

function row(entry, env) {
  const out = entry.direction === "out";
  const way = env.t(out ? "log-to-app" : "log-from-app");
  const node = h(
    "details",
    { class: `log-entry ${out ? "out" : "in"} ${entry.done ? "" : "pending"}` },
    h(
      "summary",
      {},
      h("time", { class: "time" }, clock(entry.at)),
      h("span", { class: "way", title: way }, out ? "→" : "←"),
      h("span", { class: "kind" }, entry.kind.replace("_api", "")),
      h("span", { class: "name" }, entry.name),
      h("span", { class: "outcome" }, outcome(entry, env)),
    ),
  );
  node.addEventListener("toggle", async () => {
    if (!node.open || node.querySelector("pre")) return;
    const { request, answer } = await fetchLogEntry(entry.id);
    node.append(json(request));
    if (Object.keys(answer ?? {}).length)
      node.append(h("div", { class: "log-answer" }, "↩"), json(answer));
  });
  return node;
}

function outcome(entry, env) {
  if (entry.direction === "in") return entry.done ? "ok" : entry.error || `HTTP ${entry.status}`;
  const again = entry.attempt ? ` ×${entry.attempt + 1}` : "";
  return (entry.done ? `${entry.milliseconds} ms` : env.t("log-waiting")) + again;
}

function clock(seconds) {
  const moment = new Date(seconds * 1000);
  return `${moment.toTimeString().slice(0, 8)}.${String(moment.getMilliseconds()).padStart(3, "0")}`;
}

function json(held) {
  return h("pre", {}, JSON.stringify(held, null, 2));
}
