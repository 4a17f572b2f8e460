// Modals: the view on top of the stack.

import { h, iconButton } from "./dom.js";
import { drawBlocks } from "./blocks.js";

let shown = null;

/** Show the view on top of a stack, or nothing; keeps what was typed. */
export function showModal(views, screen) {
  const view = views.at(-1);
  const mark = view && JSON.stringify([view, screen.env.language]);
  if (shown?.mark === mark) return;
  const before = view && shown?.view.id === view.id ? placeIn(shown.dialog) : null;
  const left = shown && !view;
  shown?.dialog.remove();
  shown = view ? { view, mark, dialog: draw(view, views.length, screen) } : null;
  if (left) screen.focusComposer();
  if (!shown) return;
  document.getElementById("layer").append(shown.dialog);
  shown.dialog.showModal();
  settle(shown.dialog, before);
}

/** Where the user is in a modal that will be drawn anew. */
function placeIn(dialog) {
  const { scrollTop } = dialog.querySelector(".modal-body");
  return { scrollTop, label: document.activeElement?.ariaLabel };
}

/** Put the user back there, or to the first error, or into the first field. */
function settle(dialog, before) {
  const body = dialog.querySelector(".modal-body");
  const labelled = [...dialog.querySelectorAll("[aria-label]")];
  const again = before && labelled.find((one) => one.ariaLabel === before.label);
  (again ?? body.querySelector("input, select, textarea, button"))?.focus();
  body.scrollTop = before?.scrollTop ?? 0;
  body.querySelector(".error")?.scrollIntoView({ block: "center" });
}

function draw(view, depth, screen) {
  const { env } = screen;
  const form = screen.form(view.id);
  const values = () => Object.fromEntries([...form].filter(([, value]) => value !== undefined));
  const submit = () => screen.submit(view, values());
  const surface = {
    id: view.id,
    env,
    form,
    errors: view.errors,
    submit: view.submit ? submit : null,
    send: (what) => screen.click({ ...what, view_id: view.id, values: values() }),
  };
  const close = () => screen.closeView(view, false);
  const dialog = h(
    "dialog",
    { class: "modal", "aria-label": view.title?.text ?? "" },
    h(
      "header",
      {},
      depth > 1 ? iconButton("back", env.t("back"), close) : null,
      h("img", { class: "avatar avatar-24", src: "/page/file/paperboy.svg", alt: "" }),
      h("h2", {}, view.title?.text ?? ""),
      iconButton("close", env.t("close"), () => screen.closeView(view, true)),
    ),
    h("div", { class: "modal-body" }, ...drawBlocks(view.blocks, surface)),
    h(
      "footer",
      {},
      h(
        "button",
        { type: "button", class: "button", onclick: close },
        view.close?.text ?? env.t("cancel"),
      ),
      view.submit
        ? h(
            "button",
            { type: "button", class: "button button-primary", onclick: submit },
            view.submit.text,
          )
        : null,
    ),
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  // A browser closes it unasked when Escape comes twice.
  dialog.addEventListener("close", close);
  return dialog;
}
