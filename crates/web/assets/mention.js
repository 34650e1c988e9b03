// Names behind an @: offered while they are typed, and written out when one is taken.
import { PickRecord } from "./form.js";

// An @ at the beginning of a word, and what follows it up to where the text is written.
const BEGUN = /(?:^|[\s(])@([^@\n]{0,40})$/;

class NamePeople extends PickRecord {
  announce() {
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
  }
  before() { return this.input.value.slice(0, this.input.selectionStart); }
  asked() {
    const begun = BEGUN.exec(this.before());
    // A name that was taken is done with, and so is what nobody is called.
    if (!begun || begun[1] === this.taken || /^\s|[.,;:!?]\s|\s{2}/.test(begun[1])) return null;
    return begun[1].trim();
  }
  key(event) {
    // Without a list open the arrows walk through the text.
    if (this.list.hidden) return;
    if (event.key === "Tab" && ![...this.list.children].some((it) => it.getAttribute("aria-selected") === "true")) return this.close();
    const enter = event.key === "Tab" ? "Enter" : event.key;
    if (enter === "Enter" && !this.list.querySelector("[aria-selected=true]")) return this.close();
    super.key({ key: enter, preventDefault: () => event.preventDefault(), stopPropagation: () => event.stopPropagation() });
  }
  take(option) {
    const before = this.before();
    const at = before.lastIndexOf("@") + 1;
    const after = this.input.value.slice(before.length);
    const name = `${option.dataset.title}${after.startsWith(" ") ? "" : " "}`;
    this.taken = name;
    this.input.setRangeText(name, at, before.length, "end");
    this.close();
    this.input.focus();
  }
}

customElements.define("name-people", NamePeople);
