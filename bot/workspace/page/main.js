// The page: where one is, what one does, and drawing it all anew when something changed.

import { act, fetchLog, fetchState, listen } from "./api.js";
import { notice } from "./dialogs.js";
import { h, iconButton, reconcile } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { composer } from "./composer.js";
import { drawer } from "./drawer.js";
import { messageItems } from "./messages.js";
import { showModal } from "./modal.js";
import { avatar, paperboy } from "./people.js";
import { sidebar } from "./sidebar.js";
import { applyTheme, toggleTheme } from "./theme.js";

const FIRST = { user: "U0MINJI001", channel: "C0DAILY001" };

class Screen {
  constructor() {
    this.forms = new Map();
    this.reads = new Map();
    this.pending = false;
    Object.assign(this, FIRST, { tab: "messages", thread: "" });
  }

  async start() {
    applyTheme();
    this.readPlace();
    window.addEventListener("hashchange", () => {
      this.readPlace();
      this.refresh();
    });
    await this.refresh();
    listen((kind) => this.heard(kind), (alive) => this.alive(alive));
  }

  // ---- where one is: #/user/channel/tab-or-thread

  readPlace() {
    const permalink = location.pathname.match(/^\/archives\/(\w+)\/p(\d+)(\d{6})$/);
    const [, user, channel, rest] = location.hash.split("/");
    this.user = user || this.user;
    this.channel = channel || permalink?.[1] || this.channel;
    this.tab = rest === "home" ? "home" : "messages";
    const asked = new URLSearchParams(location.search).get("thread_ts");
    this.thread = rest && rest !== "home" ? rest : (!rest && asked) || "";
  }

  moveTo({ user = this.user, channel = this.channel, tab = "", thread = "" }) {
    const rest = tab === "home" ? "home" : thread;
    location.hash = `/${user}/${channel}${rest ? `/${rest}` : ""}`;
  }

  become(user) {
    const channel = this.isDirect() ? this.directOf(user) : this.channel;
    this.moveTo({ user, channel, tab: this.tab });
    if (this.tab === "home" && this.isDirect()) act({ do: "home", user });
  }

  go(channel, tab = "messages") {
    this.moveTo({ channel, tab });
    if (channel === this.directOf(this.user)) act({ do: "home", user: this.user, tab });
  }

  openThread(ts) {
    this.moveTo({ thread: ts });
  }

  directOf(user) {
    return `D${user.slice(1)}`;
  }

  isDirect() {
    return this.channel.startsWith("D");
  }

  read(channel) {
    return this.reads.get(`${this.user}/${channel}`);
  }

  // ---- what one does

  async do(body) {
    const answer = await act({ user: this.user, ...body });
    if (!answer.ok && (answer.notice || answer.error)) notice(answer.notice ?? answer.error);
    return answer.ok;
  }

  click(what) {
    return this.do({ do: "click", ...what });
  }

  react(message, emoji) {
    return this.do({ do: "react", channel: this.channel, ts: message.ts, emoji });
  }

  remove(message) {
    return this.do({ do: "delete", channel: this.channel, ts: message.ts });
  }

  edit(message) {
    const row = document.getElementById(`m-${message.ts}`);
    const box = h("textarea", { class: "field", rows: 3 });
    box.value = row.querySelector(".rich-section")?.innerText ?? message.text;
    const done = async () => {
      await this.do({ do: "edit", channel: this.channel, ts: message.ts, text: box.value });
    };
    const again = () => {
      row.mark = "";
      this.draw();
    };
    row.querySelector(".message-body").replaceChildren(
      box,
      h(
        "div",
        { class: "edit-row" },
        h("button", { type: "button", class: "button", onclick: again }, this.env.t("cancel")),
        h("button", { type: "button", class: "button button-primary", onclick: done }, this.env.t("save")),
      ),
    );
    box.focus();
  }

  messageShortcut(message, callback) {
    const where = { channel: this.channel, ts: message.ts };
    return this.do({ do: "message_shortcut", callback_id: callback, ...where });
  }

  submit(view, values) {
    return this.do({ do: "submit", view_id: view.id, values });
  }

  closeView(view, everything) {
    this.forms.delete(view.id);
    return this.do({ do: "close", view_id: view.id, everything });
  }

  form(id) {
    const key = `${this.user}/${id}`;
    if (!this.forms.has(key)) this.forms.set(key, new Map());
    return this.forms.get(key);
  }

  async write(text, thread) {
    const command = text.match(/^(\/\S+)\s*([\s\S]*)$/);
    if (!command) {
      return this.do({ do: "say", channel: this.channel, text, thread_ts: thread || null });
    }
    if (thread) {
      notice(this.env.t("no-slash").replace("%", command[1]));
      return false;
    }
    return this.do({ do: "slash", channel: this.channel, command: command[1], text: command[2] });
  }

  // ---- hearing and drawing

  heard() {
    if (this.pending) return;
    this.pending = true;
    setTimeout(() => {
      this.pending = false;
      this.refresh();
    }, 40);
  }

  alive(alive) {
    document.body.classList.toggle("server-gone", !alive);
    if (alive) this.heard();
  }

  async refresh() {
    const { user, channel, thread } = this;
    const data = await fetchState({ user, channel, thread }).catch(() => null);
    if (!data || user !== this.user || channel !== this.channel || thread !== this.thread) return;
    this.data = data;
    const members = new Map(data.members.map((one) => [one.id, one]));
    const me = members.get(data.me);
    this.env = {
      me: data.me,
      bot: data.bot,
      members,
      channels: new Map(data.channels.map((one) => [one.id, one])),
      language: data.language,
      locale: me.locale,
      zone: me.tz,
      t: (word) => data.words[word] ?? word,
    };
    document.documentElement.lang = data.language;
    this.draw();
    if (this.drawer) this.drawer.show(await fetchLog());
  }

  draw() {
    if (!this.frame) this.build();
    const { env, data } = this;
    const room = env.channels.get(this.channel);
    const latest = room?.latest ?? "";
    this.reads.set(`${this.user}/${this.channel}`, latest);
    this.parts.side.replaceChildren(...sidebar(this));
    this.parts.head.replaceChildren(...this.heading(room));
    document.title = `${room?.name || paperboy(env)} · Paperboy`;
    this.drawMain(room);
    this.drawThread();
    showModal(data.modals, this);
  }

  build() {
    const side = h("aside", { class: "sidebar" });
    const head = h("header", { class: "head" });
    const list = h("div", { class: "messages" });
    const foot = h("div", { class: "foot" });
    const main = h("main", { class: "main" }, head, list, foot);
    const thread = h("section", { class: "thread", hidden: true });
    this.parts = { side, head, list, foot, thread };
    this.frame = h("div", { class: "frame" }, side, main, thread);
    document.getElementById("app").append(this.frame);
    this.channelComposer = this.makeComposer(() => "");
    this.threadComposer = this.makeComposer(() => this.thread);
  }

  makeComposer(thread) {
    const { env } = this;
    return composer({
      send: (text) => this.write(text, thread()),
      suggestions: () => (thread() ? [] : this.data.commands),
      menu: () => this.globalShortcuts(),
      labels: { send: env.t("send"), shortcuts: env.t("shortcuts") },
    });
  }

  globalShortcuts() {
    const known = this.data.shortcuts.filter((one) => one.type === "global");
    if (!known.length) return [{ label: this.env.t("no-shortcuts"), run() {} }];
    return known.map((one) => ({
      label: one.name,
      note: one.description,
      run: () => this.do({ do: "shortcut", callback_id: one.callback_id }),
    }));
  }

  heading(room) {
    const { env } = this;
    const direct = room?.kind === "im";
    const tab = (name) =>
      h(
        "button",
        {
          type: "button",
          class: this.tab === name ? "tab chosen" : "tab",
          onclick: () => this.go(this.channel, name),
        },
        env.t(name),
      );
    const title = direct
      ? [avatar(null, 24), h("h1", {}, paperboy(env)), h("div", { class: "tabs" }, tab("home"), tab("messages"))]
      : [h("h1", {}, `# ${room?.name ?? ""}`), h("span", { class: "topic" }, room?.topic ?? "")];
    return [
      ...title,
      h("span", { class: "spring" }),
      direct ? null : h("span", { class: "count" }, room?.members_label ?? ""),
      iconButton("sun", env.t("theme"), toggleTheme),
      iconButton("code", env.t("log"), () => this.toggleDrawer()),
    ].filter(Boolean);
  }

  drawMain(room) {
    const { list, foot } = this.parts;
    const { env, data } = this;
    const home = room?.kind === "im" && this.tab === "home";
    this.frame.classList.toggle("at-home", home);
    const place = `${this.user}/${this.channel}/${this.tab}`;
    const moved = this.place !== place;
    const atEnd = moved || list.scrollHeight - list.scrollTop - list.clientHeight < 120;
    if (moved) list.replaceChildren();
    this.place = place;
    if (home) {
      foot.replaceChildren();
      this.drawHome(list, data.home);
      return;
    }
    const shown = [...data.messages, ...data.ephemerals.filter((one) => !one.thread_ts)];
    shown.sort((one, other) => (one.ts < other.ts ? -1 : 1));
    const items = messageItems(shown, this);
    const empty = { key: "empty", mark: env.language, draw: () => h("div", { class: "empty" }, env.t("empty")) };
    reconcile(list, items.length ? items : [empty]);
    this.drawFoot(room);
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  drawHome(list, view) {
    const { env } = this;
    const mark = JSON.stringify([view, env.language]);
    const draw = () => {
      if (!view) return h("div", { class: "empty" }, env.t("home-empty"));
      const form = this.form(view.id);
      const values = () => Object.fromEntries(form);
      const send = (what) => this.click({ ...what, view_id: view.id, values: values() });
      return h("div", { class: "home" }, ...drawBlocks(view.blocks, { id: view.id, env, form, send }));
    };
    reconcile(list, [{ key: view?.id ?? "empty", mark, draw }]);
  }

  drawFoot(room) {
    const { env, data } = this;
    const { foot } = this.parts;
    if (room?.is_archived) {
      foot.replaceChildren(h("div", { class: "foot-note" }, env.t("archived")));
      return;
    }
    const name = room?.kind === "im" ? paperboy(env) : `#${room?.name ?? ""}`;
    this.channelComposer.set(`${env.t("write")} ${name}`);
    const hints = [];
    if (room && !room.is_member) hints.push(h("div", { class: "foot-note" }, env.t("not-member")));
    const status = data.statuses.filter((one) => room?.kind === "im" && one.thread_ts !== this.thread);
    hints.push(...status.map((one) => this.status(one)));
    const prompts = data.prompts?.prompts ?? [];
    if (room?.kind === "im" && prompts.length && !data.messages.length) hints.push(this.prompts(data.prompts));
    this.keep(foot, hints, this.channelComposer.node);
  }

  /** Put hints above a composer without taking the composer out, which would lose the focus. */
  keep(parent, hints, node) {
    if (node.parentElement !== parent) parent.replaceChildren(node);
    for (const child of [...parent.children]) if (child !== node) child.remove();
    node.before(...hints);
  }

  prompts(held) {
    const ask = (one) => () => this.write(one.message, "");
    return h(
      "div",
      { class: "prompts" },
      h("span", { class: "hint" }, held.title || this.env.t("prompts")),
      held.prompts.map((one) => h("button", { type: "button", class: "prompt", onclick: ask(one) }, one.title)),
    );
  }

  status(one) {
    const words = one.loading?.[0] ?? one.text;
    return h("div", { class: "status" }, h("span", { class: "dots" }), `${paperboy(this.env)} ${words}`);
  }

  drawThread() {
    const { thread } = this.parts;
    const { env, data } = this;
    thread.hidden = !data.thread;
    this.frame.classList.toggle("with-thread", Boolean(data.thread));
    if (!data.thread) return;
    if (!this.threadParts) {
      const title = h("h1", {});
      const close = iconButton("close", env.t("close"), () => this.moveTo({ tab: this.tab }));
      const stop = iconButton("stop", env.t("stop"), () =>
        this.do({ do: "stop", channel: this.channel, thread_ts: this.thread }),
      );
      const list = h("div", { class: "messages" });
      const foot = h("div", { class: "foot" });
      thread.append(h("header", { class: "head" }, title, h("span", { class: "spring" }), stop, close), list, foot);
      this.threadParts = { title, list, foot, stop };
    }
    const { title, list, foot, stop } = this.threadParts;
    title.textContent = data.thread.title || env.t("thread");
    stop.hidden = data.thread.session !== "processing";
    const moved = this.threadPlace !== `${this.user}/${this.thread}`;
    const atEnd = moved || list.scrollHeight - list.scrollTop - list.clientHeight < 120;
    this.threadPlace = `${this.user}/${this.thread}`;
    const hidden = data.ephemerals.filter((one) => one.thread_ts === this.thread);
    const shown = [...data.thread.messages, ...hidden].sort((one, other) => (one.ts < other.ts ? -1 : 1));
    reconcile(list, messageItems(shown, this, { inThread: true }));
    const status = data.statuses.filter((one) => one.thread_ts === this.thread);
    this.threadComposer.set(env.t("reply"));
    this.keep(foot, status.map((one) => this.status(one)), this.threadComposer.node);
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  async toggleDrawer() {
    if (this.drawer) {
      this.drawer.node.remove();
      this.drawer = null;
      return;
    }
    this.drawer = drawer({ env: () => this.env, close: () => this.toggleDrawer() });
    document.getElementById("app").append(this.drawer.node);
    this.drawer.show(await fetchLog());
  }
}

new Screen().start();
