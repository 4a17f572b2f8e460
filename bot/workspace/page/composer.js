// The box in which messages and commands are written.

import { h, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";

let made = 0;

/**
 * A composer: {node, set(placeholder), fill(text), focus()}.
 * `send(text)` resolves to whether it went out; `completions(before)` tell what the words before
 * the cursor could become, `menu()` the shortcuts.
 */
export function composer({ send, completions, menu, labels }) {
  const id = `completions-${++made}`;
  const list = h("div", { class: "suggestions", hidden: true, role: "listbox", id });
  const box = h("textarea", {
    rows: 1,
    class: "composer-text",
    "aria-label": labels.send,
    "aria-controls": id,
    "aria-autocomplete": "list",
  });
  const button = iconButton("send", labels.send, submit, "send");
  const plus = menu
    ? iconButton("plus", labels.shortcuts, () => openMenu(plus, menu()), "plus")
    : null;
  let offered = null;
  let at = -1;

  async function submit() {
    const text = box.value.trim();
    if (!text) return;
    box.focus();
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
    offer(completions(box.value.slice(0, box.selectionStart)));
  }

  function offer(found) {
    offered = found;
    list.replaceChildren(...(found?.items ?? []).map(drawOption));
    list.hidden = !found;
    choose(found?.eager ? 0 : -1);
  }

  function drawOption(item, index) {
    return h(
      "div",
      {
        class: "suggestion",
        role: "option",
        id: `${id}-${index}`,
        onpointerdown: (event) => {
          event.preventDefault();
          take(item);
        },
      },
      ...item.nodes,
    );
  }

  function choose(index) {
    at = index;
    [...list.children].forEach((one, place) =>
      one.setAttribute("aria-selected", String(place === at)),
    );
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `${id}-${at}`);
  }

  function take(item) {
    const end = box.selectionStart;
    box.setRangeText(item.text, offered.from, end, "end");
    fit();
  }

  /** Keys that belong to the list while it is open; says whether this one did. */
  function steers(key) {
    if (!offered) return false;
    const { items } = offered;
    if (key === "Escape") offer(null);
    else if (key === "ArrowDown") choose((at + 1) % items.length);
    else if (key === "ArrowUp") choose((Math.max(at, 0) + items.length - 1) % items.length);
    else if (key === "Tab") take(items[Math.max(at, 0)]);
    else if (key === "Enter" && at >= 0) take(items[at]);
    else return false;
    return true;
  }

  box.addEventListener("input", fit);
  box.addEventListener("blur", () => offer(null));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (steers(event.key)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
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
  return { node, set, fill, focus: () => box.focus() };
}
