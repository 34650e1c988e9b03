// The interview by keyboard: answers by their numbers, n and p between questions; every answer is
// kept a moment after it was given.
const WAIT = 700;

class GapQuestion extends HTMLElement {
  #form; #timer; #going = null; #dirty = false;

  connectedCallback() {
    this.#form = this.querySelector("form");
    if (!this.#form) return;
    this.#form.addEventListener("input", () => this.#later());
    this.#form.addEventListener("change", () => this.#later());
    this.#form.addEventListener("submit", () => clearTimeout(this.#timer));
    document.addEventListener("keydown", this.#key);
    document.addEventListener("visibilitychange", this.#leave);
    for (const link of document.querySelectorAll("a[data-go]")) link.addEventListener("click", this.#go);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#key);
    document.removeEventListener("visibilitychange", this.#leave);
  }

  #later() {
    this.#dirty = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), WAIT);
  }

  // One at a time: an answer given while another is on its way waits for the version it gets.
  async #keep() {
    clearTimeout(this.#timer);
    while (this.#going) await this.#going;
    if (!this.#dirty) return true;
    this.#dirty = false;
    this.#going = this.#send();
    const kept = await this.#going;
    this.#going = null;
    if (!kept) this.#dirty = true;
    return kept;
  }

  async #send() {
    const data = new FormData(this.#form);
    data.delete("file");
    const status = this.querySelector(".kept");
    try {
      const answer = await fetch(this.#form.action, { method: "POST", body: data, headers: { "x-part": "1" }, keepalive: document.visibilityState === "hidden" });
      const part = document.createElement("template");
      part.innerHTML = await answer.text();
      const line = part.content.querySelector("[data-version]");
      if (!answer.ok || !line) throw new Error();
      this.#form.elements.version.value = line.dataset.version;
      status.textContent = line.textContent.trim();
      const square = document.querySelector(".asked a[aria-current]");
      if (square) square.parentElement.className = line.dataset.square;
      return true;
    } catch {
      status.textContent = "Not kept yet: press Save to see why.";
      return false;
    }
  }

  get #hasFiles() {
    return [...this.#form.querySelectorAll("input[type=file]")].some((it) => it.files.length > 0);
  }

  #go = async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !this.#dirty && !this.#hasFiles) return;
    event.preventDefault();
    const to = event.currentTarget.href;
    if (this.#hasFiles) return this.#form.querySelector("button[value=stay]").click();
    if (await this.#keep()) location.href = to;
  };

  #leave = () => { if (document.visibilityState === "hidden") this.#keep(); };

  #key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const at = event.target;
    if (at.matches?.("textarea, select, [contenteditable], input:not([type=radio])")) {
      if (event.key === "Escape") at.blur();
      return;
    }
    const answer = this.#form.querySelector(`[data-answer="${CSS.escape(event.key)}"]`);
    if (answer) {
      answer.checked = true;
      answer.focus();
      this.#later();
    } else if (event.key === "c" || event.key === "r") {
      this.#form.elements[event.key === "c" ? "f.note" : "f.recommendation"]?.focus();
    } else {
      const link = document.querySelector(`a[data-go="${CSS.escape(event.key)}"]`);
      if (!link) return;
      link.click();
    }
    event.preventDefault();
  };
}

customElements.define("gap-question", GapQuestion);
