// Modals: the view on top of the stack.

import { h, iconButton } from "./dom.js";
import { drawBlocks } from "./blocks.js";

let shown = null;

/** Show the view on top of a stack, or nothing; keeps what was typed. */
export function showModal(views, screen) {
  const view = views.at(-1) ?? null;
  const mark = view && JSON.stringify([view, screen.env.language]);
  if (shown?.mark === mark) return;
  const focus = shown?.view.id === view?.id ? document.activeElement?.ariaLabel : null;
  shown?.dialog.remove();
  shown = view ? { view, mark, dialog: draw(view, views.length, screen) } : null;
  if (!shown) return;
  document.getElementById("layer").append(shown.dialog);
  shown.dialog.showModal();
  const again = [...shown.dialog.querySelectorAll("[aria-label]")].find((one) => one.ariaLabel === focus);
  again?.focus();
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
      h("button", { type: "button", class: "button", onclick: close }, view.close?.text ?? env.t("cancel")),
      view.submit
        ? h("button", { type: "button", class: "button button-primary", onclick: submit }, view.submit.text)
        : null,
    ),
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  return dialog;
}
