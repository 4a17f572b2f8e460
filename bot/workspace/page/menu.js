// Small menus next to what opened them.

import { h } from "./dom.js";

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

let close = null;

/** Open a menu of {label, note, run, danger} under a node; a second call closes the first. */
export function openMenu(anchor, items, className = "") {
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
  const menu = h("div", { class: `menu ${className}`, role: "menu" }, ...entries);
  (anchor.closest("dialog") ?? document.body).append(menu);
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor);
  const outside = (event) => {
    if (menu.contains(event.target)) return;
    close();
  };
  const pressed = (event) => {
    const step = STEPS[event.key];
    if (!step && event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    if (step) {
      moveBy(step, entries);
      return;
    }
    anchor.focus();
    close();
  };
  close = () => {
    menu.remove();
    anchor.removeAttribute("aria-expanded");
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", pressed, true);
    close = null;
  };
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", pressed, true);
  entries[0]?.focus();
}

function moveBy(step, entries) {
  const at = entries.indexOf(document.activeElement);
  entries[(at + step + entries.length) % entries.length]?.focus();
}

function place(menu, anchor) {
  const from = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = from.bottom + 4 + height < window.innerHeight;
  const left = Math.min(Math.max(8, from.left), window.innerWidth - width - 8);
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? from.bottom + 4 : Math.max(8, from.top - height - 4)}px`;
}
