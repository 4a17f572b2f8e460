// Interactive elements: buttons, menus, pickers, inputs.
//
// A surface is a message, a modal or the Home tab: {env, form, send, submit}. `form` keeps what
// fields hold under "block_id/action_id"; `send` tells the app of a click.

import { h, iconButton, picture, safeUrl } from "./dom.js";
import { words } from "./mrkdwn.js";
import { openMenu } from "./menu.js";
import { confirmed } from "./dialogs.js";

const NATIVE = {
  datepicker: ["date", "initial_date"],
  timepicker: ["time", "initial_time"],
  datetimepicker: ["datetime-local", "initial_date_time"],
  email_text_input: ["email", "initial_value"],
  url_text_input: ["url", "initial_value"],
  number_input: ["number", "initial_value"],
};

/** Any element of a block on a surface. */
export function element(held, block, surface) {
  const draw = DRAWN[held.type];
  if (draw) return draw(held, block, surface);
  if (NATIVE[held.type]) return nativeInput(held, block, surface);
  if (held.type?.startsWith("multi_")) return choices(held, block, surface, "checkbox");
  if (held.type?.endsWith("_select")) return select(held, block, surface);
  return h("span", { class: "unknown" }, held.type);
}

function key(held, block) {
  return `${block.block_id}/${held.action_id}`;
}

/** Tell the app, after the user confirmed where the element asks for that. */
async function send(held, block, surface, what) {
  if (held.confirm && !(await confirmed(held.confirm, surface.env))) return;
  await surface.send({ action_id: held.action_id, block_id: block.block_id, ...what });
}

/** A field changed: keep it, and tell the app unless it only waits for the submit button. */
function changed(held, block, surface, value) {
  surface.form.set(key(held, block), value);
  if (block.type !== "input" || block.dispatch_action) {
    return send(held, block, surface, { selected: value });
  }
  return undefined;
}

function held(form, name, initial) {
  if (!form.has(name) && initial !== undefined) form.set(name, initial);
  return form.get(name);
}

function button(part, block, surface) {
  const style = part.style ? ` button-${part.style}` : "";
  const label = part.accessibility_label ?? null;
  const node = h(
    "button",
    { type: "button", class: `button${style}`, "aria-label": label },
    ...words(part.text, surface.env),
  );
  node.addEventListener("click", async () => {
    node.classList.add("waiting");
    await send(part, block, surface, { value: part.value });
    node.classList.remove("waiting");
    const address = safeUrl(part.url);
    if (address) window.open(address, "_blank", "noopener,noreferrer");
  });
  return node;
}

function feedback(part, block, surface) {
  const one = (held_, name) =>
    iconButton(
      name,
      held_.text.text,
      async (event) => {
        const pressed = event.currentTarget;
        await send(part, block, surface, { value: held_.value });
        for (const sibling of pressed.parentElement.children) {
          sibling.setAttribute("aria-pressed", String(sibling === pressed));
        }
      },
      "icon-button-small",
    );
  const both = [one(part.positive_button, "up"), one(part.negative_button, "down")];
  return h("span", { class: "feedback" }, ...both);
}

function overflow(part, block, surface) {
  const items = () =>
    part.options.map((option) => ({
      label: words(option.text, surface.env),
      note: option.description ? words(option.description, surface.env) : null,
      run: () => {
        const address = safeUrl(option.url);
        if (address) window.open(address, "_blank", "noopener,noreferrer");
        return send(part, block, surface, { selected: option.value });
      },
    }));
  const node = iconButton("more", surface.env.t("more"), () => openMenu(node, items()), "button");
  return node;
}

function optionsOf(part, env) {
  const everyone = [...env.members.values()].filter((one) => !one.bot_id);
  const rooms = [...env.channels.values()].filter((one) => one.kind !== "im");
  if (part.type.includes("users")) {
    return everyone.map((one) => ({ value: one.id, text: one.real_name }));
  }
  if (part.type.includes("conversations") || part.type.includes("channels")) {
    return rooms.map((one) => ({ value: one.id, text: `#${one.name}` }));
  }
  const groups = part.option_groups ?? [{ options: part.options ?? [] }];
  return groups.flatMap((group) =>
    (group.options ?? []).map((option) => ({
      value: option.value,
      text: option.text.text,
      label: option.text,
      description: option.description,
      group: group.label?.text,
    })),
  );
}

function initialOf(part) {
  const one = part.initial_option?.value ?? part.initial_user ?? part.initial_conversation;
  const many = part.initial_users ?? part.initial_conversations ?? part.initial_channels;
  const options = part.initial_options?.map((option) => option.value);
  return one ?? part.initial_channel ?? options ?? many;
}

function select(part, block, surface) {
  const value = held(surface.form, key(part, block), initialOf(part));
  const node = h("select", {
    class: "select",
    "aria-label": block.label?.text ?? part.placeholder?.text ?? part.action_id,
    onchange: (event) => changed(part, block, surface, event.target.value || null),
  });
  const placeholder = part.placeholder?.text ?? surface.env.t("choose");
  node.append(h("option", { value: "", disabled: Boolean(value), selected: !value }, placeholder));
  const groups = Map.groupBy(optionsOf(part, surface.env), (one) => one.group);
  for (const [label, options] of groups) {
    const drawn = options.map((one) =>
      h("option", { value: one.value, selected: one.value === value }, one.text),
    );
    node.append(...(label ? [h("optgroup", { label }, ...drawn)] : drawn));
  }
  return node;
}

function choices(part, block, surface, kind) {
  const initial = initialOf(part) ?? (kind === "checkbox" ? [] : null);
  const value = held(surface.form, key(part, block), initial);
  const name = `${surface.id}-${key(part, block)}`;
  const boxes = optionsOf(part, surface.env).map((one) => {
    const chosen = Array.isArray(value) ? value.includes(one.value) : value === one.value;
    const box = h("input", { type: kind, name, value: one.value, checked: chosen });
    const note = one.description
      ? h("span", { class: "hint" }, ...words(one.description, surface.env))
      : null;
    const label = one.label ? words(one.label, surface.env) : [one.text];
    return h("label", { class: "choice" }, box, h("span", {}, ...label, note));
  });
  const node = h("div", { class: "choices", role: "group" }, ...boxes);
  node.addEventListener("change", () => {
    const all = [...node.querySelectorAll("input:checked")].map((box) => box.value);
    changed(part, block, surface, kind === "checkbox" ? all : (all[0] ?? null));
  });
  return node;
}

function nativeInput(part, block, surface) {
  const [type, initial] = NATIVE[part.type];
  const value = held(surface.form, key(part, block), part[initial]);
  return h("input", {
    type,
    class: "field",
    value: value ?? "",
    placeholder: part.placeholder?.text,
    "aria-label": block.label?.text ?? part.placeholder?.text ?? type,
    onchange: (event) => changed(part, block, surface, event.target.value || null),
  });
}

function textInput(part, block, surface) {
  const value = held(surface.form, key(part, block), part.initial_value) ?? "";
  const node = h(part.multiline ? "textarea" : "input", {
    class: "field",
    rows: part.multiline ? 4 : null,
    placeholder: part.placeholder?.text,
    maxlength: part.max_length,
    "aria-label": block.label?.text ?? part.action_id,
    autofocus: part.focus_on_load,
    oninput: (event) => surface.form.set(key(part, block), event.target.value),
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.isComposing || part.multiline) return;
      event.preventDefault();
      if (block.dispatch_action) changed(part, block, surface, event.target.value);
      else surface.submit?.();
    },
  });
  node.value = value;
  return node;
}

const DRAWN = {
  button,
  overflow,
  feedback_buttons: feedback,
  plain_text_input: textInput,
  checkboxes: (part, block, surface) => choices(part, block, surface, "checkbox"),
  radio_buttons: (part, block, surface) => choices(part, block, surface, "radio"),
  image: (part) => picture(part.image_url, part.alt_text, "accessory-image"),
};
