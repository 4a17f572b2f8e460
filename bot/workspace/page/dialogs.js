// Confirmations before a click, and notices that pass.

import { h } from "./dom.js";
import { words } from "./mrkdwn.js";

/** Ask with a confirm object; resolves to whether the user agreed. */
export function confirmed(confirm, env) {
  return new Promise((resolve) => {
    const style = confirm.style === "danger" ? "button-danger" : "button-primary";
    const answer = (value) => () => dialog.close(value);
    const dialog = h(
      "dialog",
      { class: "confirm" },
      h("h2", {}, ...words(confirm.title, env)),
      h("p", {}, ...words(confirm.text, env)),
      h(
        "footer",
        {},
        h(
          "button",
          { type: "button", class: "button", onclick: answer("no") },
          ...words(confirm.deny, env),
        ),
        h(
          "button",
          { type: "button", class: `button ${style}`, onclick: answer("yes") },
          ...words(confirm.confirm, env),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Say something for a few seconds. */
export function notice(text) {
  const node = h("div", { class: "notice" }, text);
  document.getElementById("notices").append(node);
  setTimeout(() => node.remove(), 6000);
}
