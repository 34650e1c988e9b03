// The keyboard: a letter presses what bears it (`data-key`), lists are walked with j and k, `?` tells.
const KEYS = [
  ["Ctrl K", "jump to any record, page or action"],
  ["/", "search this list"],
  ["j k", "next and previous record"],
  ["x", "tick the record"],
  ["Enter", "open the record"],
  ["e", "edit it"],
  ["n", "make a new one"],
  ["?", "show these keys"],
  ["Esc", "close what is open"],
];

const isTyping = (it) => it.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return shut(event);
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") return tell();
  if (event.key.length > 1) return;
  const bears = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!bears) return;
  event.preventDefault();
  if (isTyping(bears)) { bears.focus(); bears.select?.(); } else bears.click();
});

// What hangs open closes when somebody clicks beside it.
document.addEventListener("click", ({ target }) => {
  for (const it of document.querySelectorAll("details.drop[open]")) if (!it.contains(target)) it.open = false;
});

const shut = ({ target }) => {
  for (const it of document.querySelectorAll("details.drop[open]")) {
    const inside = it.contains(target);
    it.open = false;
    if (inside) it.querySelector("summary").focus();
  }
};

const tell = () => {
  const dialog = document.createElement("dialog");
  dialog.className = "keys-told";
  const heading = document.createElement("h2");
  heading.textContent = "Keys";
  const list = document.createElement("dl");
  for (const [key, does] of KEYS) {
    const [dt, dd, kbd] = ["dt", "dd", "kbd"].map((it) => document.createElement(it));
    kbd.textContent = key;
    dd.textContent = does;
    dt.append(kbd);
    list.append(dt, dd);
  }
  const form = document.createElement("form");
  form.method = "dialog";
  const button = document.createElement("button");
  button.className = "btn";
  button.textContent = "Close";
  form.append(button);
  dialog.append(heading, list, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};

// A list: walked by keys, its records ticked together.
class ListTable extends HTMLElement {
  connectedCallback() {
    this.rows = [...this.querySelectorAll("tbody tr[data-to]")];
    this.ticks = [...this.querySelectorAll('input[name="record"]')];
    this.told = this.querySelector("[data-ticked]");
    this.key = (event) => this.keyed(event);
    document.addEventListener("keydown", this.key);
    const head = this.querySelector("thead .pick");
    if (head && this.ticks.length) {
      this.all = document.createElement("input");
      this.all.type = "checkbox";
      this.all.setAttribute("aria-label", "Tick all on this page");
      this.all.addEventListener("change", () => {
        for (const it of this.ticks) it.checked = this.all.checked;
        this.count();
      });
      head.replaceChildren(this.all);
    }
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("change", () => this.count());
    this.count();
  }
  disconnectedCallback() {
    document.removeEventListener("keydown", this.key);
  }
  // With Shift all between the last one and this one.
  clicked({ target, shiftKey }) {
    if (target.name !== "record") return;
    const at = this.ticks.indexOf(target);
    if (shiftKey && this.last >= 0) {
      const [from, to] = [Math.min(at, this.last), Math.max(at, this.last)];
      for (const it of this.ticks.slice(from, to + 1)) it.checked = target.checked;
    }
    this.last = at;
    this.count();
  }
  count() {
    const ticked = this.ticks.filter((it) => it.checked).length;
    if (this.told) this.told.textContent = ticked === 1 ? "1 ticked" : `${ticked} ticked`;
    if (this.all) {
      this.all.checked = ticked > 0 && ticked === this.ticks.length;
      this.all.indeterminate = ticked > 0 && ticked < this.ticks.length;
    }
  }
  keyed(event) {
    const { key, target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
    const at = this.rows.findIndex((it) => it.contains(document.activeElement));
    const arrow = at >= 0 && { ArrowDown: 1, ArrowUp: -1 }[key];
    const step = { j: 1, k: -1 }[key] || arrow;
    const row = this.rows[at];
    if (step) {
      const next = this.rows[Math.max(0, Math.min(this.rows.length - 1, at + step))];
      (next?.querySelector("th.title a") ?? next?.querySelector("td a"))?.focus();
    } else if (key === "x" && row) {
      row.querySelector('input[name="record"]')?.click();
    } else if (key === "e" && row) {
      location.href = `${row.dataset.to}/edit`;
    } else return;
    event.preventDefault();
  }
}

customElements.define("list-table", ListTable);

// Fields that say nothing need not stand in the address, nor the columns that a list has anyway.
document.addEventListener("formdata", ({ target, formData }) => {
  if (!target.matches("form.filters")) return;
  for (const name of new Set(formData.keys())) {
    if (formData.getAll(name).every((it) => it === "" || (name === "with" && it === "live"))) formData.delete(name);
  }
  const columns = formData.getAll("columns").join(",");
  formData.delete("columns");
  if (columns && columns !== target.dataset.columns) formData.set("columns", columns);
});

// What scrolls sideways can be reached with the keyboard.
for (const it of document.querySelectorAll(".scroll")) {
  if (it.scrollWidth > it.clientWidth && !it.hasAttribute("tabindex")) {
    it.tabIndex = 0;
    it.setAttribute("role", "region");
    it.setAttribute("aria-label", "Table, scrolls sideways");
  }
}
