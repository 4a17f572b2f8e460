// The charts of a data_visualization block: lines and areas over time, bars, and the parts of a pie.

import { h } from "./dom.js";

const WIDTH = 560;
const HEIGHT = 200;
const EDGE = { left: 34, right: 12, top: 10, bottom: 24 };
const INKS = 6;

/** A chart with its title and, for several series, a legend. */
export function chart(block) {
  const { type, series = [], segments, axis_config: axis } = block.chart ?? {};
  const overTime = (type === "line" || type === "area") && series.length > 0;
  const drawn = overTime
    ? lines(series, axis, block.title)
    : bars(segments ?? series[0]?.data ?? []);
  const label = axis?.y_label ? h("div", { class: "hint" }, axis.y_label) : null;
  const title = h("div", { class: "chart-title" }, block.title ?? "");
  return h("div", {}, title, label, drawn, series.length > 1 ? legend(series) : null);
}

function legend(series) {
  const names = series.map((one, place) =>
    h("span", { class: `chart-name chart-ink-${place % INKS}` }, one.name ?? ""),
  );
  return h("div", { class: "chart-legend" }, ...names);
}

function bars(points) {
  const most = Math.max(1, ...points.map(value));
  const rows = points.map((one) => {
    const bar = h("span", { class: "bar" });
    bar.style.width = `${(value(one) / most) * 100}%`;
    const frame = h("span", { class: "bar-frame" }, bar);
    return h(
      "div",
      { class: "bar-row" },
      h("span", {}, one.label ?? ""),
      frame,
      h("span", {}, String(value(one))),
    );
  });
  return h("div", {}, ...rows);
}

function lines(series, axis, title) {
  const labels = axis?.categories ?? series[0].data.map((one) => one.label);
  const most = roundedUp(Math.max(1, ...series.flatMap((one) => one.data.map(value))));
  const across = (place) =>
    EDGE.left + (place * (WIDTH - EDGE.left - EDGE.right)) / Math.max(1, labels.length - 1);
  const up = (amount) => HEIGHT - EDGE.bottom - (amount * (HEIGHT - EDGE.top - EDGE.bottom)) / most;
  const frame = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: "chart",
    role: "img",
    "aria-label": title,
  });
  for (const amount of [0, most / 2, most]) {
    const y = up(amount);
    frame.append(
      svg("line", { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y, y2: y, class: "chart-rule" }),
    );
    frame.append(words(EDGE.left - 6, y + 4, String(amount), "end"));
  }
  labels.forEach((label, place) => frame.append(words(across(place), HEIGHT - 6, label, "middle")));
  series.forEach((one, place) => frame.append(...line(one.data, labels, across, up, place % INKS)));
  return frame;
}

function line(data, labels, across, up, ink) {
  const points = data
    .filter((one) => labels.includes(one.label))
    .map((one) => [across(labels.indexOf(one.label)), up(value(one)), one]);
  const path = svg("polyline", {
    points: points.map(([x, y]) => `${x},${y}`).join(" "),
    class: `chart-line chart-ink-${ink}`,
  });
  const dots = points.map(([x, y, one]) => {
    const dot = svg("circle", { cx: x, cy: y, r: 3, class: `chart-dot chart-ink-${ink}` });
    const told = svg("title", {});
    told.textContent = `${one.label}: ${value(one)}`;
    dot.append(told);
    return dot;
  });
  return [path, ...dots];
}

function words(x, y, text, anchor) {
  const node = svg("text", { x, y, "text-anchor": anchor, class: "chart-words" });
  node.textContent = text;
  return node;
}

function value(point) {
  return Number(point.value) || 0;
}

/** The next number that reads well on an axis. */
function roundedUp(amount) {
  const size = 10 ** Math.floor(Math.log10(amount));
  return [1, 2, 4, 5, 10].map((one) => one * size).find((one) => one >= amount);
}

function svg(tag, properties) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, told] of Object.entries(properties))
    node.setAttribute(name, String(told ?? ""));
  return node;
}
