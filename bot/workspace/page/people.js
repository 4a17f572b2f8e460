// Faces and names.

import { h } from "./dom.js";

/** A member's picture: the app's own, or a letter on the member's colour. */
export function avatar(member, size) {
  if (!member || member.bot_id) {
    return h("img", { class: `avatar avatar-${size}`, src: "/page/file/paperboy.svg", alt: "" });
  }
  const letter = [...member.real_name][/^[A-Za-z]/.test(member.real_name) ? 0 : 1] ?? "?";
  const node = h("span", { class: `avatar avatar-${size}`, "aria-hidden": "true" }, letter);
  node.style.background = `#${member.color}`;
  return node;
}

/** The app's name. */
export function paperboy(env) {
  return env.members.get(env.bot)?.real_name ?? "";
}
