// The page: where one is, what one does, and drawing it all anew when something changed.

import { h, keepFocus } from "./dom.js";
import { act, fetchLog, fetchState, keepKey, listen } from "./api.js";
import { notice } from "./dialogs.js";
import { drawer } from "./drawer.js";
import { buildFrame, heading } from "./frame.js";
import { editInPlace } from "./messages.js";
import { showModal } from "./modal.js";
import { drawMain, drawThread } from "./panels.js";
import { paperboy } from "./people.js";
import { triedSteps } from "./guide.js";
import { drawSidebar } from "./sidebar.js";
import { applyTheme } from "./theme.js";

const CLOCK_MILLISECONDS = 3_000;
const FIRST = { user: "U0MINJI001", channel: "C0DAILY001" };

class Screen {
  constructor() {
    this.forms = new Map();
    this.reads = new Map();
    this.closed = new Set();
    this.pending = false;
    this.tried = triedSteps();
    Object.assign(this, FIRST, { tab: "messages", thread: "" });
  }

  async start() {
    applyTheme();
    keepKey();
    this.followPermalink(location);
    this.readPlace();
    this.arrive();
    window.addEventListener("hashchange", () => {
      keepKey();
      this.readPlace();
      this.arrive();
      this.arriving = this.refresh();
    });
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("click", (event) => {
      const anchor = event.target.closest?.("a[href]");
      if (anchor?.origin === location.origin && this.followPermalink(anchor))
        event.preventDefault();
    });
    await this.refresh();
    setInterval(() => this.heard(), CLOCK_MILLISECONDS);
    listen(
      () => this.heard(),
      (alive) => this.alive(alive),
    );
  }

  // ---- where one is: #/user/channel/tab-or-thread

  readPlace() {
    const [, user, channel, rest] = location.hash.split("/");
    this.user = user || this.user;
    this.channel = channel || this.channel;
    this.tab = rest === "home" ? "home" : "messages";
    this.thread = rest && rest !== "home" ? rest : "";
  }

  /** Go where the address of a message leads; says whether it was such an address. */
  followPermalink({ pathname, search }) {
    const found = pathname.match(/^\/archives\/(\w+)\/p(\d+)(\d{6})$/);
    if (!found) return false;
    const asked = new URLSearchParams(search).get("thread_ts");
    history.replaceState(null, "", `/${location.hash}`);
    this.moveTo({ channel: found[1], thread: asked ?? `${found[2]}.${found[3]}` });
    return true;
  }

  /** The app hears when its Home or its messages are opened. */
  arrive() {
    const place = `${this.user}/${this.channel}/${this.tab}`;
    if (this.arrived === place) return;
    this.arrived = place;
    if (this.isDirect()) act({ do: "home", user: this.user, tab: this.tab });
  }

  moveTo({ user = this.user, channel = this.channel, tab = "", thread = "" }) {
    const rest = tab === "home" ? "home" : thread;
    this.toggleSide(false);
    location.hash = `/${user}/${channel}${rest ? `/${rest}` : ""}`;
  }

  become(user) {
    const channel = this.isDirect() ? this.directOf(user) : this.channel;
    this.moveTo({ user, channel, tab: this.tab });
  }

  /** Go somewhere and wait until it is drawn. */
  async arriveAt(where) {
    const before = location.hash;
    this.moveTo(where);
    if (location.hash === before) return;
    await new Promise((done) => window.addEventListener("hashchange", done, { once: true }));
    await this.arriving;
  }

  /** Escape closes the thread, unless something above it takes the key. */
  pressed(event) {
    const busy = event.defaultPrevented || event.isComposing || (this.data && this.openModals().length);
    if (event.key === "Escape" && this.thread && !busy) this.moveTo({ tab: this.tab });
  }

  toggleSide(open = !this.frame.classList.contains("with-side")) {
    this.frame.classList.toggle("with-side", open);
  }

  go(channel, tab = "messages") {
    this.moveTo({ channel, tab });
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

  // ---- what one has read

  isUnread(channel) {
    return channel.latest > (this.reads.get(`${this.user}/${channel.id}`) ?? "");
  }

  /** Being here means having read; where one had read to on arrival is marked with a line. */
  readHere(room) {
    const place = `${this.user}/${this.channel}`;
    if (this.readPlaceNow !== place) this.readBefore = this.reads.get(place) ?? "";
    this.readPlaceNow = place;
    this.reads.set(place, room?.latest ?? "");
  }

  // ---- what one does

  async do(body) {
    const answer = await act({ user: this.user, ...body });
    if (!answer.ok) notice(answer.notice ?? answer.error ?? this.env.t("server-gone"));
    return answer.ok && answer;
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
    editInPlace(message, this);
  }

  messageShortcut(message, callback) {
    const where = { channel: this.channel, ts: message.ts };
    return this.do({ do: "message_shortcut", callback_id: callback, ...where });
  }

  submit(view, values) {
    return this.do({ do: "submit", view_id: view.id, values });
  }

  /** The modal goes at once; one that is gone already needs no words. */
  closeView(view, everything) {
    this.forms.delete(view.id);
    for (const one of everything ? this.data.modals : [view]) this.closed.add(one.id);
    showModal(this.openModals(), this);
    act({ user: this.user, do: "close", view_id: view.id, everything });
  }

  openModals() {
    return this.data.modals.filter((one) => !this.closed.has(one.id));
  }

  /** Where one writes; a touch screen would answer with its keyboard. */
  focusComposer() {
    const away = this.openModals().length || this.tab === "home";
    if (away || matchMedia("(pointer: coarse)").matches) return;
    (this.data.thread ? this.threadComposer : this.channelComposer).focus();
  }

  form(id) {
    const key = `${this.user}/${id}`;
    if (!this.forms.has(key)) this.forms.set(key, new Map());
    return this.forms.get(key);
  }

  async write(text, thread) {
    const command = text.match(/^(\/\S+)\s*([\s\S]*)$/);
    (thread ? this.parts.thread : this.parts).list.atEnd = true;
    if (!command) return this.say(text, thread);
    if (thread) {
      notice(this.env.t("no-slash").replace("%", command[1]));
      return false;
    }
    return this.do({ do: "slash", channel: this.channel, command: command[1], text: command[2] });
  }

  async say(text, thread) {
    const said = await this.do({ do: "say", channel: this.channel, text, thread_ts: thread || null });
    if (said && this.isDirect() && !thread) this.awaited = said.ts;
    return said;
  }

  /** Answers to a direct message come in its thread, which opens by itself. */
  openAnswered() {
    const { statuses, messages } = this.data;
    const answered =
      statuses.some((one) => one.thread_ts === this.awaited) ||
      messages.some((one) => one.ts === this.awaited && one.reply_count);
    if (!this.awaited || !answered || !this.isDirect()) return;
    this.openThread(this.awaited);
    this.awaited = "";
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
    const back = this.serverGone && alive;
    this.serverGone = !alive;
    if (back) {
      // A new server knows nothing of where one is.
      this.arrived = "";
      this.arrive();
    }
    if (alive) this.heard();
    else if (this.data) this.draw();
  }

  async refresh() {
    const { user, channel, thread } = this;
    const data = await fetchState({ user, channel, thread }).catch(() => null);
    if (!data) {
      if (!this.data) this.toSafety();
      return;
    }
    if (data.notice) return this.lock(data.notice);
    if (user !== this.user || channel !== this.channel || thread !== this.thread) return;
    if (!this.data) document.getElementById("app").replaceChildren();
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
    this.openAnswered();
    if (this.drawer) this.drawer.show(await fetchLog());
  }

  draw() {
    const { env, data } = this;
    if (this.parts?.language !== env.language) buildFrame(this);
    const room = env.channels.get(this.channel);
    this.readHere(room);
    keepFocus(this.parts.side, () => drawSidebar(this));
    keepFocus(this.parts.head, () => this.parts.head.replaceChildren(...heading(this, room)));
    document.title = `${room?.name || paperboy(env)} · Paperboy`;
    drawThread(this);
    drawMain(this, room);
    showModal(this.openModals(), this);
  }

  /** The key is not that of this start: what was drawn before is not true any more. */
  lock(notice) {
    this.data = this.parts = this.frame = this.drawer = null;
    document.getElementById("app").replaceChildren(h("p", { class: "locked" }, notice));
  }

  /** An address with somebody unknown in it, or of an older workspace. */
  toSafety() {
    if (this.user !== FIRST.user) this.moveTo(FIRST);
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
