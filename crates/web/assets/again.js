// Looks again after a moment, while something is still being made; without it there is a link.
class LookAgain extends HTMLElement {
  connectedCallback() {
    this.timer = setTimeout(() => this.look(), 1500);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async look() {
    const answer = await fetch(location.href).catch(() => null);
    if (answer?.status !== 200) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-again]");
    const here = document.querySelector("[data-again]");
    if (fresh && here && !here.contains(document.activeElement)) here.replaceWith(fresh);
    else this.connectedCallback();
  }
}

customElements.define("look-again", LookAgain);

// A button that ticks all boxes of a form that have one of these names.
class TickAll extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = "Tick all shown";
    button.addEventListener("click", () => {
      const names = this.dataset.name.split(" ");
      const boxes = [...this.closest("form").querySelectorAll("input[type=checkbox]")].filter((it) => names.includes(it.name));
      const all = boxes.every((it) => it.checked);
      for (const it of boxes) it.checked = !all;
    });
    this.replaceChildren(button);
  }
}

customElements.define("tick-all", TickAll);
