// Accounts: showing a password while it is typed, copying a link, guessing the time zone.

/** A button of our look behind the inputs of an element. */
function button(label) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = label;
  return made;
}

customElements.define("pass-word", class extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const show = button("Show");
    show.setAttribute("aria-label", "Show the password");
    show.setAttribute("aria-pressed", "false");
    show.setAttribute("aria-controls", input.id);
    show.addEventListener("click", () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      show.setAttribute("aria-pressed", String(shown));
    });
    // A password that is sent shown would be kept among what was typed into text fields.
    input.form?.addEventListener("submit", () => { input.type = "password"; });
    this.append(show);
  }
});

customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input, textarea");
    const copy = button("Copy");
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    told.className = "soft";
    copy.addEventListener("click", async () => {
      input.select();
      try {
        await navigator.clipboard.writeText(input.value);
        told.textContent = "Copied.";
      } catch {
        told.textContent = "Press Ctrl C to copy it.";
      }
    });
    const row = document.createElement("div");
    row.className = "row after";
    row.append(copy, told);
    this.append(row);
  }
});

customElements.define("time-zone", class extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!input.value && zone) input.value = zone;
  }
});
