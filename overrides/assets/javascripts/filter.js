/**
 * The filter and the sorting of the standards list. Their state is the page's address, so that a filtered view can be
 * shared, kept and gone back to. What shows it comes when there is a state, which few readers ask for.
 */
import { create, onTyped } from "./elements.js";
import { ONLY, query, WITH } from "./choice.js";
import { offerViews } from "./views.js";

const SORT = "sort";
const UNTIL = "until";
/** Characters of the longest unknown value that is repeated. */
const LONGEST = 40;

/**
 * Show the filter of `page`, if it has one, and apply what the address says.
 * @param {Document} page
 */
export function offerFilter(page) {
  /** @type {HTMLFormElement | null} */
  const form = page.querySelector("[data-bas-filter]");
  /** @type {HTMLTableElement | null} */
  const table = page.querySelector(".bas-standards");
  /** @type {HTMLAnchorElement | null} */
  const opener = page.querySelector("[data-bas-search]");
  if (!form || !table?.tHead || !opener) return;
  form.hidden = false;
  const filter = new Filter(form, [...table.tHead.rows[0].cells]);
  const view = new View(filter, table, opener);
  offerForm(form, filter, view);
  filter.offerSorting(() => view.update(true));
  const read = () => view.read();
  addEventListener("popstate", read);
  // WebKit empties the field of a page that is gone back to a moment after.
  addEventListener("pageshow", () => setTimeout(() => view.restore()));
  read();
  offerViews(
    page,
    async () => (await view.list()).addresses(filter.state()),
    async () => (await view.list()).complete(filter.state()),
  );
}

/**
 * Have the `view` follow what is typed and chosen in the `form`.
 * @param {HTMLFormElement} form
 * @param {Filter} filter
 * @param {View} view
 */
function offerForm(form, filter, view) {
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const select of filter.selects) {
    select.addEventListener("input", () => {
      filter.tell(filter.until.value);
      view.update(true);
    });
  }
  onTyped(filter.words, (isComposing) => {
    filter.tell(filter.until.value);
    if (isComposing) view.apply(isComposing);
    else view.update(false);
  });
  form.addEventListener("reset", () => {
    filter.sort = "";
    // The form is empty only after this event.
    setTimeout(() => {
      filter.tell("");
      view.update(true);
    });
  });
  form.addEventListener("focusin", () => view.list().then((list) => list.count(filter.state())).catch(() => {}), { once: true });
}

/** The list as the filter and the address of the page say. */
class View {
  /**
   * @param {Filter} filter
   * @param {HTMLTableElement} table
   * @param {HTMLAnchorElement} opener the header's link to the search
   */
  constructor(filter, table, opener) {
    this.filter = filter;
    this.table = table;
    this.opener = opener;
    /** @type {Promise<import("./list.js").List> | undefined} */
    this.loading = undefined;
    /** The state that is shown. */
    this.shown = "";
  }

  /** What shows the list; where it does not arrive, it is asked for again the next time. */
  list() {
    this.loading ??= import("./list.js").then(({ List }) => new List(this.filter.form, this.table, this.opener));
    this.loading.catch(() => (this.loading = undefined));
    return this.loading;
  }

  /**
   * Show what the filter asks for.
   * @param {boolean} [isComposing] whether a word is still composed, which leaves the list as it is where nothing fits
   */
  async apply(isComposing = false) {
    const { filter, opener } = this;
    const row = location.hash.slice(1);
    this.shown = filter.state().toString();
    // The page as it was sent needs nothing.
    if (!this.loading && !this.shown && (!row || document.getElementById(row))) return;
    try {
      await (await this.list()).show(filter.state(), row, isComposing);
    } catch {
      filter.fail(opener.dataset.failed ?? "");
    }
  }

  /**
   * Put what the filter asks for into the address, and show it.
   * @param {boolean} push whether one step back undoes it
   */
  update(push) {
    // Whole, as a path that begins with two slashes names a host.
    const url = new URL(location.href);
    const beside = url.searchParams.get(WITH);
    const state = this.filter.state();
    if (beside) state.set(WITH, beside);
    url.search = query(state);
    // Typing replaces the address, so that one step back leaves the words and not one letter.
    if (push) pushAddress(url);
    else replaceAddress(url);
    this.apply();
  }

  /** Have the form say again what the address asks for: a browser that restores the page may have emptied its field. */
  restore() {
    this.filter.read(new URLSearchParams(location.search));
    if (this.filter.state().toString() !== this.shown) this.apply();
  }

  /** Take over what the address asks for, and go to the row that it names. */
  async read() {
    this.filter.read(new URLSearchParams(location.search));
    await this.apply();
    // A browser looks for the row that an address names before script has put it there.
    const row = location.hash && document.getElementById(location.hash.slice(1));
    if (!row || !this.loading || !this.table.contains(row)) return;
    if (row.matches(":target")) row.scrollIntoView({ block: "nearest" });
    else location.replace(location.hash);
  }
}

/** What the reader asks of the list, in the form and its headings. */
class Filter {
  /**
   * @param {HTMLFormElement} form
   * @param {HTMLTableCellElement[]} headings
   */
  constructor(form, headings) {
    this.form = form;
    this.headings = headings;
    this.words = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    this.selects = [...form.querySelectorAll("select")];
    /** The choice of the announcement up to which the list is shown. */
    this.until = /** @type {HTMLSelectElement} */ (form.elements.namedItem(UNTIL));
    this.announcement = /** @type {HTMLElement} */ (form.querySelector(".bas-filter-list"));
    this.sort = "";
    /** @type {string | null} The set that is shown, as the address asks for it; null for the whole list. */
    this.only = null;
  }

  /** The state as it stands in the address: what is empty is left out. */
  state() {
    const state = new URLSearchParams();
    if (this.only !== null) state.set(ONLY, this.only);
    for (const [name, value] of new FormData(this.form)) {
      const words = String(value).trim();
      if (words) state.set(name, words);
    }
    if (this.sort) state.set(SORT, this.sort);
    return state;
  }

  /**
   * Take over a `state` from the address; a value that this list does not offer filters nothing.
   * @param {URLSearchParams} state
   */
  read(state) {
    for (const control of this.selects) control.value = state.get(control.name) ?? "";
    // A field drops the ends of lines, and what stood in two would become one word.
    this.words.value = (state.get("q") ?? "").replace(/\s+/g, " ");
    for (const select of this.selects) if (select.selectedIndex < 0) select.value = "";
    this.tell(state.get(UNTIL) ?? "");
    this.only = state.get(ONLY);
    const sort = state.get(SORT) ?? "";
    this.sort = this.headings.some((heading) => heading.dataset.sort === sort.replace(/^-/, "")) ? sort : "";
  }

  /**
   * Say which list is shown where it is the one after an announcement, or that there is no such announcement.
   * @param {string} until the announcement's address, as asked for
   */
  tell(until) {
    const { list } = this.until.selectedOptions[0].dataset;
    const unknown = until && !list ? (this.announcement.dataset.unknown ?? "") : "";
    this.announcement.textContent = list ?? unknown.replace("#", () => until.slice(0, LONGEST));
  }

  /**
   * Say in `words` that nothing can be filtered.
   * @param {string} words
   */
  fail(words) {
    const output = /** @type {HTMLOutputElement} */ (this.form.querySelector("output"));
    output.textContent = words;
    /** @type {HTMLElement} */ (output.parentElement).hidden = false;
  }

  /**
   * Make each heading a button that sorts by it, then the other way round, then as announced.
   * @param {() => void} changed
   */
  offerSorting(changed) {
    for (const heading of this.headings) {
      const button = create("button", { type: "button" }, heading.textContent);
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const name = heading.dataset.sort ?? "";
        this.sort = this.sort === name ? `-${name}` : this.sort === `-${name}` ? "" : name;
        changed();
      });
    }
  }
}

// The address changes in the browser's history. WebKit refuses more than a hundred changes in a while, so that one made
// while typing waits for the last key.

/** Milliseconds after which a key was the last one. */
const PAUSE = 250;
/** Milliseconds after which a change that was refused is tried again. */
const AGAIN = 2000;

/** @type {URL | undefined} What the address is to become. */
let next;
/** What waits for the last key. */
let timer = 0;

/**
 * Have the address become `url` in a moment, in the same step of the history.
 * @param {URL} url
 */
function replaceAddress(url) {
  wait(url, PAUSE);
}

/**
 * Have the address become `url`, in a new step of the history.
 * @param {URL} url
 */
function pushAddress(url) {
  settle();
  change("pushState", url);
}

/**
 * @param {URL | undefined} url
 * @param {number} pause
 */
function wait(url, pause) {
  clearTimeout(timer);
  next = url;
  if (url) timer = setTimeout(settle, pause);
}

/** Put what waits into the address now. */
function settle() {
  const url = next;
  wait(undefined, 0);
  if (url) change("replaceState", url);
}

/**
 * @param {"pushState" | "replaceState"} method
 * @param {URL} url
 */
function change(method, url) {
  try {
    history[method](null, "", url);
  } catch {
    wait(url, AGAIN);
  }
}

// Before the page is left or the address used: by a link, a button, a shortcut, or in the browser's own bar.
for (const event of ["pointerover", "pointerdown", "click", "focusout", "copy", "pagehide"]) {
  addEventListener(event, settle, true);
}
addEventListener("keydown", (event) => (event.altKey || event.ctrlKey || event.metaKey) && settle(), true);
// Another step has its own address.
addEventListener("popstate", () => wait(undefined, 0));
