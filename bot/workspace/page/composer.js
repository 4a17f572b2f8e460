// The box in which messages and commands are written.

import { h, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";

/**
 * A composer: {node, set(placeholder), fill(text)}.
 * `send(text)` resolves to whether it went out; `suggestions()` are commands, `menu()` shortcuts.
 */
export function composer({ send, suggestions, menu, labels }) {
  const box = h("textarea", { rows: 1, class: "composer-text", "aria-label": labels.send });
  const list = h("div", { class: "suggestions", hidden: true });
  const button = iconButton("send", labels.send, submit, "send");
  const plus = menu
    ? iconButton("plus", labels.shortcuts, () => openMenu(plus, menu()), "plus")
    : null;

  async function submit() {
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    fit();
    if (!(await send(text))) {
      box.value = box.value || text;
      fit();
    }
  }

  function fit() {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
    button.classList.toggle("ready", Boolean(box.value.trim()));
    suggest();
  }

  function suggest() {
    const typed = box.value;
    const fits = typed.startsWith("/") && !typed.includes(" ") ? suggestions() : [];
    const shown = fits.filter((one) => one.command.startsWith(typed));
    list.replaceChildren(
      ...shown.map((one) =>
        h(
          "button",
          {
            type: "button",
            class: "suggestion",
            onclick: () => fill(`${one.command} `),
          },
          h("strong", {}, one.command),
          h("code", {}, one.usage_hint ?? ""),
          h("span", { class: "hint" }, one.description ?? ""),
        ),
      ),
    );
    list.hidden = !shown.length;
  }

  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const complete = list.hidden ? null : list.firstChild;
    if (complete && event.key === "Tab") {
      event.preventDefault();
      complete.click();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });
  const node = h(
    "div",
    { class: "composer" },
    list,
    h("div", { class: "composer-frame" }, box, h("div", { class: "composer-row" }, plus, button)),
  );
  const set = (placeholder) => box.setAttribute("placeholder", placeholder);
  const fill = (text) => {
    box.value = text;
    box.focus();
    fit();
  };
  return { node, set, fill };
}
