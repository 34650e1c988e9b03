// The Statement of Applicability: each row is saved when it was changed; without this script the
// button below saves all rows together.
class SoaTable extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-status]");
    this.querySelector(".without-script")?.setAttribute("hidden", "");
    this.addEventListener("change", (event) => this.changed(event));
    this.addEventListener("focusout", (event) => this.left(event));
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.key(event));
  }

  changed({ target }) {
    const row = target.closest("tr[data-key]");
    if (!row) return;
    // What stands in the opened part is saved when it is left: three ticks are one change.
    if (target.closest("details")) row.dataset.dirty = "1";
    else this.save(row);
  }

  left({ target, relatedTarget }) {
    const part = target.closest("details.edit");
    const row = target.closest("tr[data-key]");
    if (part && row?.dataset.dirty && !part.contains(relatedTarget)) this.save(row);
  }

  clicked(event) {
    const button = event.target.closest("[data-save]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("tr");
    row.querySelector("details.edit").open = false;
    row.querySelector("details.edit summary").focus();
    this.save(row);
  }

  key(event) {
    const part = event.target.closest("details.edit");
    if (event.key === "Escape" && part?.open) {
      part.open = false;
      part.querySelector("summary").focus();
    }
  }

  async save(row) {
    delete row.dataset.dirty;
    const sent = new URLSearchParams({ token: this.form.elements.token.value });
    for (const field of row.querySelectorAll("input, select, textarea")) {
      if (field.type !== "checkbox" || field.checked) sent.append(field.name, field.value);
    }
    row.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: sent, headers: { "x-part": "1" } });
      const text = await answer.text();
      if (answer.status !== 200 || !text.startsWith("<table")) throw new Error(answer.status);
      const fresh = this.put(row, text);
      const name = fresh.querySelector(".ref").textContent.trim();
      const wrong = fresh.querySelector(".wrong");
      this.say(wrong ? `${name}: ${wrong.textContent}` : fresh.dataset.seen ? `${name} is saved.` : "");
      if (!wrong) this.soon(fresh, 5);
    } catch {
      // The form itself goes the long way, which also brings whoever was away too long to sign in.
      row.removeAttribute("aria-busy");
      this.querySelector(".without-script")?.removeAttribute("hidden");
      this.say("This row could not be saved just now. Nothing you typed is lost: use “Save all changes”.");
    }
  }

  // The checks look at the new state in the background.
  soon(row, times) {
    if (times > 0) setTimeout(() => this.look(row, times - 1), 1500);
  }

  async look(row, times) {
    if (!row.isConnected) return;
    if (this.isUsed(row)) return this.soon(row, times);
    const to = `${this.form.action.split("?")[0]}?row=${encodeURIComponent(row.dataset.key)}`;
    const answer = await fetch(to, { headers: { "x-part": "1" } }).catch(() => null);
    const text = answer?.status === 200 ? await answer.text() : "";
    if (!text.startsWith("<table") || !row.isConnected) return;
    if (this.isUsed(row)) return this.soon(row, times);
    const undo = row.querySelector("button.plain")?.closest(".why");
    const fresh = this.put(row, text);
    if (undo) fresh.querySelector("th").append(undo);
    if (text.startsWith("<table data-old")) this.soon(fresh, times);
  }

  // Whether somebody is about to change the row.
  isUsed(row) {
    const at = row.contains(document.activeElement) ? document.activeElement : null;
    const typed = at?.matches("input:not([type=checkbox]), textarea") && at.value !== at.defaultValue;
    return row.dataset.dirty || row.hasAttribute("aria-busy") || row.querySelector("details[open]") || typed;
  }

  put(row, text) {
    const inside = row.contains(document.activeElement) ? document.activeElement : null;
    const name = inside?.name;
    const part = document.createElement("template");
    part.innerHTML = text.trim();
    const fresh = part.content.querySelector("tr");
    row.replaceWith(fresh);
    for (const it of part.content.querySelectorAll("[data-part]")) this.swap(it);
    if (name) [...fresh.querySelectorAll("[name]")].find((it) => it.name === name && it.type !== "hidden")?.focus();
    else if (inside?.tagName === "SUMMARY") fresh.querySelector("summary")?.focus();
    return fresh;
  }

  // What the page says of the whole; an opened form stays.
  swap(it) {
    const before = document.querySelector(`[data-part="${it.dataset.part}"]`);
    if (before && !before.querySelector("details[open]") && !before.contains(document.activeElement)) before.replaceWith(it);
  }

  say(text) {
    if (this.status) this.status.textContent = text;
  }
}

customElements.define("soa-table", SoaTable);
