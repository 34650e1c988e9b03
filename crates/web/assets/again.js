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
