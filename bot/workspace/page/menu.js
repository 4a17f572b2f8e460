// Small menus next to what opened them.

import { h } from "./dom.js";

let close = null;

/** Open a menu of {label, note, run, danger} under a node; a second call closes the first. */
export function openMenu(anchor, items) {
  close?.();
  const entries = items.map((item) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        class: item.danger ? "menu-item danger" : "menu-item",
        onclick: () => {
          close?.();
          item.run();
        },
      },
      h("span", {}, ...[item.label].flat()),
      item.note ? h("span", { class: "hint" }, ...[item.note].flat()) : null,
    ),
  );
  const menu = h("div", { class: "menu", role: "menu" }, ...entries);
  (anchor.closest("dialog") ?? document.body).append(menu);
  place(menu, anchor);
  const outside = (event) => {
    const key = event.type === "keydown";
    if (key && event.key !== "Escape") return;
    if (!key && menu.contains(event.target)) return;
    if (key) event.preventDefault();
    close();
  };
  close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", outside, true);
    close = null;
  };
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", outside, true);
  entries[0]?.focus();
}

function place(menu, anchor) {
  const from = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = from.bottom + 4 + height < window.innerHeight;
  const left = Math.min(Math.max(8, from.left), window.innerWidth - width - 8);
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? from.bottom + 4 : Math.max(8, from.top - height - 4)}px`;
}
