// Forms: what makes typing easier; every form works without.

const wait = (ms, run) => {
  let timer;
  return (...args) => { clearTimeout(timer); timer = setTimeout(() => run(...args), ms); };
};

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

const part = async (address, options = {}) => {
  const answer = await fetch(address, { ...options, headers: { "x-part": "1" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.status);
  return answer.text();
};

let ids = 0;

// An input that names records: a combobox (WAI-ARIA) over what the server finds.
export class PickRecord extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = this.querySelector("input, textarea");
    if (!this.input) return;
    this.list = make("ul", { role: "listbox", id: `pick-${ids++}`, class: "picks", hidden: true, "aria-label": "Records found" });
    this.append(this.list);
    this.announce();
    this.search = wait(120, () => this.find());
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) { event.preventDefault(); this.take(option); }
    });
  }
  announce() {
    const set = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(set)) this.input.setAttribute(name, value);
  }
  // What is looked for; nothing is, where it is null.
  asked() { return this.input.value.trim(); }
  async find() {
    const asked = this.asked();
    if (asked === null) return this.close();
    const query = new URLSearchParams({ kinds: this.dataset.kinds, q: asked });
    let found;
    try { found = await part(`${this.dataset.from}?${query}`); } catch { return this.close(); }
    if (this.asked() !== asked || document.activeElement !== this.input) return;
    this.list.innerHTML = found;
    [...this.list.children].forEach((it, at) => { it.id = `${this.list.id}-${at}`; });
    const any = this.list.children.length > 0;
    this.open(any);
    this.input.removeAttribute("aria-activedescendant");
  }
  key(event) {
    const options = [...this.list.children];
    const at = options.findIndex((it) => it.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.list.hidden) return this.find();
      const next = at < 0 ? (step > 0 ? 0 : options.length - 1) : (at + step + options.length) % options.length;
      options.forEach((it, here) => it.setAttribute("aria-selected", String(here === next)));
      this.input.setAttribute("aria-activedescendant", options[next].id);
      options[next].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && !this.list.hidden && at >= 0) {
      event.preventDefault();
      this.take(options[at]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.close();
    }
  }
  take(option) {
    this.input.value = option.dataset.value;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  open(on) {
    this.list.hidden = !on;
    if (this.input.hasAttribute("aria-expanded")) this.input.setAttribute("aria-expanded", String(on));
  }
  close() {
    this.open(false);
    this.input.removeAttribute("aria-activedescendant");
  }
}

// Rows, and links of a list: one more without asking the server, and one less.
class MoreRows extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.button = this.querySelector(":scope > button.more");
    this.pattern = this.rows().at(-1)?.cloneNode(true);
    if (!this.button || !this.pattern) return;
    this.button.type = "button";
    this.button.addEventListener("click", () => {
      this.add().querySelector("input, select, textarea")?.focus();
    });
    this.rows().forEach((it) => this.removable(it));
  }
  rows() { return [...this.querySelectorAll(":scope > .one")]; }
  add() {
    const row = this.pattern.cloneNode(true);
    const places = this.rows().flatMap((it) => [...it.querySelectorAll("[name]")].map((it) => this.place(it.name)));
    const at = Math.max(-1, ...places) + 1;
    for (const it of row.querySelectorAll("[name], [for], [id], [data-name]")) {
      for (const name of ["name", "for", "id", "data-name"]) {
        const value = it.getAttribute(name);
        if (value && this.place(value) >= 0) it.setAttribute(name, this.moved(value, at));
        else if (name === "id" && value) it.removeAttribute("id");
      }
      if (it.matches("input:not([type=checkbox]), textarea")) { it.value = ""; it.removeAttribute("value"); }
      if (it.matches("textarea")) it.textContent = "";
      if (it.matches("select")) it.selectedIndex = 0;
      if (it.matches("input[type=checkbox]")) it.checked = false;
    }
    if (row.hasAttribute("aria-label")) row.setAttribute("aria-label", `Row ${this.rows().length + 1}`);
    this.rows().at(-1).after(row);
    this.removable(row);
    return row;
  }
  // `f.held_by.3.person` is at place 3 of `f.held_by`; a link of a list has no place.
  place(name) {
    const start = `${this.dataset.name}.`;
    if (!name.startsWith(start)) return -1;
    const at = Number.parseInt(name.slice(start.length), 10);
    return Number.isNaN(at) ? -1 : at;
  }
  moved(name, at) {
    const start = `${this.dataset.name}.`;
    return start + name.slice(start.length).replace(/^\d+/, at);
  }
  removable(row) {
    const button = make("button", { type: "button", class: "plain remove", "aria-label": "Take this out", title: "Take this out" }, "×");
    button.addEventListener("click", () => {
      const form = row.closest("form");
      if (this.rows().length > 1) {
        const next = row.nextElementSibling?.matches(".one") ? row.nextElementSibling : row.previousElementSibling;
        row.remove();
        (next?.querySelector("input, select, textarea") ?? this.button).focus();
      } else {
        for (const it of row.querySelectorAll("input, select, textarea")) it.value = "";
      }
      form?.dispatchEvent(new Event("input", { bubbles: true }));
    });
    row.append(button);
  }
}

// Markdown with a look at what it becomes.
class MarkDown extends HTMLElement {
  connectedCallback() {
    if (this.area) return;
    this.area = this.querySelector("textarea");
    if (!this.area) return;
    this.shown = make("div", { class: "preview", hidden: true });
    this.button = make("button", { type: "button", class: "plain look", "aria-pressed": "false" }, "Preview");
    this.button.addEventListener("click", () => this.toggle());
    this.append(this.shown, this.button);
  }
  async toggle() {
    if (!this.shown.hidden) return this.show(false);
    const body = new URLSearchParams({ text: this.area.value, token: this.closest("form").elements.token.value });
    try { this.shown.innerHTML = await part(this.dataset.from, { method: "POST", body }); } catch { return; }
    this.show(true);
  }
  show(on) {
    this.shown.hidden = !on;
    this.area.hidden = on;
    this.button.setAttribute("aria-pressed", String(on));
    this.button.textContent = on ? "Back to writing" : "Preview";
  }
}

// A rating says its level while it is chosen.
class RateLevel extends HTMLElement {
  connectedCallback() {
    if (this.said) return;
    this.said = this.querySelector("output");
    if (!this.said) return;
    this.said.setAttribute("aria-live", "polite");
    this.addEventListener("change", async (event) => {
      if (!event.target.matches("select")) return;
      const query = new URLSearchParams({ name: this.dataset.name, method: this.dataset.method ?? "" });
      for (const it of this.querySelectorAll("select")) query.set(it.name, it.value);
      try { this.said.innerHTML = await part(`${this.dataset.from}?${query}`); } catch { this.said.textContent = ""; }
    });
  }
}

// Files are dropped where they can be chosen.
class DropFiles extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]");
    if (!input || this.ready) return;
    this.ready = true;
    const over = (on) => (event) => {
      if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
      event.preventDefault();
      this.toggleAttribute("data-over", on);
    };
    this.addEventListener("dragover", over(true));
    this.addEventListener("dragleave", over(false));
    this.addEventListener("drop", (event) => {
      over(false)(event);
      const files = event.dataTransfer?.files;
      if (!files?.length) return;
      input.files = files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      const form = this.querySelector("form");
      if (form) form.requestSubmit();
    });
  }
}

// Nothing typed is lost by leaving: the browser asks, and what was typed is kept in this tab.
const DRAFT = "draft:";

class UnsavedGuard extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form || this.ready) return;
    this.ready = true;
    this.key = DRAFT + location.pathname;
    // A page that shows what was wrong holds what was typed already.
    const shown = document.getElementById("trouble") !== null;
    let changed = shown;
    const first = JSON.stringify(this.fields(form));
    if (!shown) this.offer(form, first);
    const keepNow = () => {
      const now = JSON.stringify(this.fields(form));
      changed = shown || now !== first;
      try {
        if (now !== first) sessionStorage.setItem(this.key, JSON.stringify({ first, now }));
        else sessionStorage.removeItem(this.key);
      } catch { /* a full store keeps no draft */ }
    };
    const keep = wait(300, keepNow);
    for (const it of ["input", "change"]) form.addEventListener(it, () => { changed = true; keep(); });
    let sent = false;
    form.addEventListener("submit", () => {
      sent = true;
      try { sessionStorage.setItem("sent", this.key); } catch { /* as above */ }
    });
    addEventListener("pageshow", () => { sent = false; });
    addEventListener("beforeunload", (event) => {
      if (!changed || sent) return;
      keepNow();
      if (changed) event.preventDefault();
    });
  }
  fields(form) {
    const skip = new Set(["token", "version", "back", "shown", "carry-file"]);
    return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !skip.has(name));
  }
  offer(form, first) {
    let draft;
    try { draft = JSON.parse(sessionStorage.getItem(this.key)); } catch { return; }
    if (!draft || draft.now === first) return;
    const note = make("div", { class: "note row", role: "status" },
      make("span", {}, "You typed something here and did not save it."),
      make("button", { type: "button", class: "btn small", onclick: () => { this.restore(form, JSON.parse(draft.now)); note.remove(); } }, "Put it back"),
      make("button", { type: "button", class: "plain", onclick: () => { sessionStorage.removeItem(this.key); note.remove(); } }, "Forget it"));
    this.prepend(note);
  }
  restore(form, pairs) {
    const wanted = Map.groupBy ? Map.groupBy(pairs, (it) => it[0]) : pairs.reduce((all, it) => all.set(it[0], [...(all.get(it[0]) ?? []), it]), new Map());
    for (const it of form.elements) if (it.type === "checkbox") it.checked = false;
    for (const [name, values] of wanted) {
      const all = () => [...form.elements].filter((it) => it.name === name && it.type !== "file");
      for (let at = 0; at < 500 && all().length < values.length; at += 1) {
        const rows = [...form.querySelectorAll("more-rows")].find((it) => it.dataset.name === name || name.startsWith(`${it.dataset.name}.`));
        if (!rows?.add) break;
        rows.add();
      }
      const inputs = all();
      values.forEach(([, value], at) => {
        const box = inputs.find((it) => (it.type === "checkbox" || it.type === "radio") && it.value === value);
        if (box) box.checked = true;
        else if (inputs[at] && inputs[at].type !== "checkbox") inputs[at].value = value;
      });
      inputs[0]?.closest("details")?.setAttribute("open", "");
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// A draft that was sent and taken is done with.
const sent = sessionStorage.getItem("sent");
if (sent) {
  sessionStorage.removeItem("sent");
  if (document.querySelector(".said")) sessionStorage.removeItem(sent);
}

// What is wrong is read first; a link to a field opens the part it is folded into.
const trouble = document.getElementById("trouble");
if (trouble) trouble.focus();
const unfold = () => {
  const to = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!to) return;
  to.closest("details")?.setAttribute("open", "");
  to.scrollIntoView({ block: "start" });
  if (to.matches(".field")) to.querySelector("input:not([type=hidden]), select, textarea")?.focus();
};
addEventListener("hashchange", unfold);
if (location.hash && document.querySelector("form.record")) unfold();

// First of all: it keeps a copy of a row before anything in it comes alive.
customElements.define("more-rows", MoreRows);
customElements.define("pick-record", PickRecord);
customElements.define("mark-down", MarkDown);
customElements.define("rate-level", RateLevel);
customElements.define("drop-files", DropFiles);
customElements.define("unsaved-guard", UnsavedGuard);
