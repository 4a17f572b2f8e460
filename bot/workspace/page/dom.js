// Building the page from nodes. Data never becomes markup: strings end as text nodes only.

/** An element with properties and children; null, undefined and false are left out. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...kept(children));
  return node;
}

/** Children without gaps. */
function kept(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false);
}

/** The address, if it is one that a link may have; otherwise null. */
export function safeUrl(url) {
  return /^(https?:\/\/|mailto:)/i.test(String(url)) ? String(url) : null;
}

/** A link that opens elsewhere and tells nobody where it came from. */
export function link(url, ...children) {
  const address = safeUrl(url);
  if (!address) return h("span", {}, ...children);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** An image that takes the place of its words when it does not come. */
export function picture(url, words, className) {
  const address = /^(https?:\/\/|data:image\/)/i.test(String(url)) ? url : null;
  const instead = () =>
    h(
      "span",
      { class: `picture-missing ${className}`, role: "img", "aria-label": words, title: words },
      icon("image"),
      h("span", { class: "picture-words" }, words),
    );
  if (!address) return instead();
  const node = h("img", { src: address, alt: words, class: className, loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(instead()), { once: true });
  return node;
}

/**
 * Makes the children of a node those of a list, keeping nodes whose item did not change.
 * Each item is {key, mark, draw}; a node is drawn anew when its mark differs.
 */
export function reconcile(parent, items) {
  const held = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let before = null;
  for (const item of items) {
    let node = held.get(item.key);
    held.delete(item.key);
    if (!node || node.mark !== item.mark) {
      const drawn = item.draw();
      drawn.dataset.key = item.key;
      drawn.mark = item.mark;
      if (node) node.replaceWith(drawn);
      node = drawn;
    }
    const next = before ? before.nextSibling : parent.firstChild;
    if (next !== node) parent.insertBefore(node, next);
    before = node;
  }
  for (const node of held.values()) node.remove();
}

/** Draw into a parent, and leave the focus on the control that says the same as before. */
export function keepFocus(parent, draw) {
  const nameOf = (one) => one.ariaLabel ?? one.textContent;
  const held = parent.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  draw();
  if (held === null || parent.contains(document.activeElement)) return;
  [...parent.querySelectorAll("button, summary")].find((one) => nameOf(one) === held)?.focus();
}

const ICONS = {
  send: "M4 4.500 20.500 12 4 19.500 6.500 12.500 13 12 6.500 11.500z",
  more: "M12 6.500v.01M12 12v.01M12 17.500v.01",
  reply: "M5 6h14v10h-7l-4 4v-4H5z",
  smile:
    "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17M9 10v.5M15 10v.5M8.500 14.500c1 1.300 2.100 2 3.500 2s2.500-.7 3.500-2",
  close: "M6 6l12 12M18 6 6 18",
  code: "m9 7-5 5 5 5M15 7l5 5-5 5",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M18.400 5.600 17 7M7 17l-1.400 1.400",
  plus: "M12 5v14M5 12h14",
  home: "M4 11.500 12 5l8 6.500M6.500 10v9h11v-9",
  up: "M7 20V11M7 11l4-7c1.600 0 2.500 1 2.200 2.600L12.700 10H18a1.800 1.800 0 0 1 1.800 2.200l-1.200 6.200A2 2 0 0 1 16.600 20H7M7 20H4v-9h3",
  down: "M7 4v9M7 13l4 7c1.600 0 2.500-1 2.200-2.600L12.700 14H18a1.800 1.800 0 0 0 1.800-2.200l-1.200-6.200A2 2 0 0 0 16.600 4H7M7 4H4v9h3",
  menu: "M4 7h16M4 12h16M4 17h16",
  check: "m6 12.500 4 4 8-9",
  image: "M4 5.500h16v13H4zM4 16l5-5 4 4 3-2.500 4 3.500M15.500 9v.01",
  lock: "M6.500 11h11v9h-11zM9 11V8a3 3 0 0 1 6 0v3",
  back: "M14.500 6l-6 6 6 6",
  stop: "M7 7h10v10H7z",
  eye: "M3 12c2.500-4.500 5.500-6.500 9-6.500s6.500 2 9 6.500c-2.500 4.500-5.500 6.500-9 6.500S5.500 16.500 3 12M12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5",
};

/** One of the page's own drawings. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const node = document.createElementNS(space, "svg");
  node.setAttribute("viewBox", "0 0 24 24");
  node.setAttribute("class", `icon icon-${name}`);
  node.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  node.append(path);
  return node;
}

/** A button that shows a drawing and says words. */
export function iconButton(name, words, onclick, className = "") {
  return h(
    "button",
    {
      type: "button",
      class: `icon-button ${className}`,
      title: words,
      "aria-label": words,
      onclick,
    },
    icon(name),
  );
}
