/** The set that a reader is choosing: a bar at the foot of the window, on every page until it is cleared. */
import { chooseSet, chosenSet, ONLY } from "./choice.js";
import { counted, create, fetched, styled } from "./elements.js";
import { setAddress, visit } from "./set.js";
import { copy } from "./sharing.js";

/** @type {Promise<void> | undefined} */
let loading;

/**
 * Show the tray, if anything is chosen; once for the page.
 * @param {HTMLElement} opener the header's link, which names the site's root and the language
 * @returns {Promise<void>} rejected where its words cannot be fetched; the next call tries again
 */
export function offerTray(opener) {
  loading ??= made(opener);
  loading.catch(() => (loading = undefined));
  return loading;
}

/** @param {HTMLElement} opener */
async function made(opener) {
  const { language } = opener.dataset;
  const root = new URL(opener.dataset.root ?? "", location.href);
  const [answer] = await Promise.all([
    fetched(new URL(`assets/words/${language}.json`, root)),
    styled(new URL("assets/stylesheets/tray.css", root).href),
  ]);
  const tray = new Tray(await answer.json(), root.href, `${root.href}${language}/`);
  for (const event of ["storage", "pageshow", "popstate"]) addEventListener(event, () => tray.show());
  tray.show();
}

/** What says how many are chosen, and what can be done with them. */
class Tray {
  /**
   * @param {Record<string, string>} words
   * @param {string} root the address of the site
   * @param {string} home that of its pages in the language of this one
   */
  constructor(words, root, home) {
    this.words = words;
    this.home = home;
    /** @type {string[]} What was cleared, until something else is chosen. */
    this.cleared = [];
    this.count = create("p", { role: "status" });
    this.see = create("a", {}, words.set_see);
    this.copy = create("button", { type: "button" }, words.set_copy);
    this.clear = create("button", { type: "button" }, words.set_clear);
    this.undo = create("button", { type: "button" }, words.set_undo);
    const row = create("div", { class: "bas-width" }, this.count, this.see, this.copy, this.clear, this.undo);
    this.section = create("section", { class: "bas-tray", id: "bas-tray", tabindex: "-1", "aria-label": words.set_yours }, row);
    this.skip = create("a", { class: "bas-skip", href: "#bas-tray" }, words.set_skip);
    document.querySelector(".bas-skip")?.after(this.skip);
    document.body.append(this.section);
    this.see.addEventListener("click", (event) => this.follow(event));
    this.copy.addEventListener("click", () => copy(root + setAddress(chosenSet()), words.set_link));
    this.clear.addEventListener("click", () => {
      this.cleared = chosenSet();
      chooseSet([]);
      this.undo.focus();
    });
    this.undo.addEventListener("click", () => {
      chooseSet(this.cleared);
      this.clear.focus();
    });
  }

  /** Show what is chosen now; nothing where nothing is, and where the page itself shows a set. */
  show() {
    const chosen = chosenSet();
    const isCleared = !chosen.length && this.cleared.length > 0;
    if (chosen.length) this.cleared = [];
    const isShown = chosen.length || isCleared;
    this.section.hidden = this.skip.hidden = !isShown || new URLSearchParams(location.search).has(ONLY);
    for (const element of [this.see, this.copy, this.clear]) element.hidden = isCleared;
    this.undo.hidden = !isCleared;
    this.see.href = this.home + setAddress(chosen);
    const { set_chosen_one: one, set_chosen_other: other, set_cleared: none } = this.words;
    this.count.textContent = counted(chosen.length, { none, one, other });
  }

  /**
   * Show the set where the list is, which needs no network.
   * @param {MouseEvent} event
   */
  follow(event) {
    const url = new URL(this.see.href);
    if (url.pathname !== location.pathname || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    visit(url);
    scrollTo(0, 0);
    /** @type {HTMLElement | null} */
    const heading = document.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  }
}
