// The page of a record: on to the next of the list it was opened from, its address, paper.

const KEPT = "walk";

// A list remembers its order for the records opened from it.
const list = document.querySelector("main table.list, main [data-walk]");
if (list && document.body.dataset.base) {
  // A register says which record each row is; other tables by their links.
  const rows = [...list.querySelectorAll("tr[data-to]")].map((it) => it.dataset.to);
  const links = [...list.querySelectorAll("a.to[href]")].map((it) => new URL(it.href).pathname);
  const paths = rows.length ? rows : links;
  const records = [...new Set(paths.filter((it) => /\/\d+$/.test(it)))];
  if (records.length > 1) {
    try { sessionStorage.setItem(KEPT, JSON.stringify({ from: location.pathname + location.search, records })); } catch { /* no walk then */ }
  }
}

class RecordWalk extends HTMLElement {
  connectedCallback() {
    if (this.childElementCount) return;
    let walk = null;
    try { walk = JSON.parse(sessionStorage.getItem(KEPT)); } catch { /* no walk then */ }
    const at = walk?.records.indexOf(location.pathname) ?? -1;
    if (at >= 0) {
      this.link("← Previous", walk.records[at - 1], "prev");
      this.link(`${at + 1} of ${walk.records.length}`, walk.from);
      this.link("Next →", walk.records[at + 1], "next");
    }
    if (navigator.clipboard) {
      this.button("Copy link", async (button) => {
        await navigator.clipboard.writeText(location.origin + location.pathname);
        button.textContent = "Copied";
      });
    }
    this.button("Print", () => print());
  }
  link(text, to, rel) {
    if (!to) return;
    const link = document.createElement("a");
    link.href = to;
    link.textContent = text;
    if (rel) link.rel = rel;
    this.append(link);
  }
  button(text, run) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = text;
    button.addEventListener("click", () => run(button));
    this.append(button);
  }
}

customElements.define("record-walk", RecordWalk);
