// Ctrl K: jump to any record, page or action. The box is a form that leads to a page of its own;
// this shows what it would find while it is typed.
class JumpBox extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input");
    this.list = document.createElement("div");
    this.list.className = "results";
    this.list.id = "jump-results";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Where to jump");
    this.append(this.list);
    const set = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(set)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.soon());
    this.input.addEventListener("focus", () => this.soon());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("focusout", ({ relatedTarget }) => {
      if (this.contains(relatedTarget)) return;
      this.from = null;
      this.close();
    });
    // The input keeps the focus while a result is clicked.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.global = (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (!this.contains(document.activeElement)) this.from = document.activeElement;
      this.input.focus();
      this.input.select();
    };
    document.addEventListener("keydown", this.global);
  }
  disconnectedCallback() {
    document.removeEventListener("keydown", this.global);
    this.asked?.abort();
  }
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.find(), 80);
  }
  async find() {
    this.asked?.abort();
    this.asked = new AbortController();
    const query = new URLSearchParams({ q: this.input.value });
    let found;
    try {
      const answer = await fetch(`${this.form.action}?${query}`, { headers: { "x-part": "1" }, signal: this.asked.signal });
      if (!answer.ok) return this.close();
      found = await answer.text();
    } catch {
      return;
    }
    if (document.activeElement !== this.input) return;
    this.list.innerHTML = found;
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.options.forEach((it, at) => { it.id = `jump-${at}`; });
    this.list.hidden = !found.trim();
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    if (this.input.value.trim()) this.choose(0);
    else this.input.removeAttribute("aria-activedescendant");
  }
  choose(at) {
    this.options.forEach((it, here) => it.setAttribute("aria-selected", String(here === at)));
    const option = this.options[at];
    if (!option) return;
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      const { from } = this;
      // Who came by Ctrl K goes back to where they were; who clicked closes the list first.
      if (from || this.list.hidden) this.input.blur();
      else this.close();
      from?.focus();
      return;
    }
    if (this.list.hidden || !this.options?.length) return;
    const at = this.options.findIndex((it) => it.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const count = this.options.length;
      this.choose(at < 0 ? (step > 0 ? 0 : count - 1) : (at + step + count) % count);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      this.options[at].click();
    }
  }
  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("jump-box", JumpBox);
