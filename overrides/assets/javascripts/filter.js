/**
 * The filter and the sorting of the standards list. Their state is the page's address, so that a filtered view can be
 * shared, kept and gone back to. What shows it comes when there is a state, which few readers ask for.
 */
import { WITH } from "./choice.js";
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
  /** @type {Promise<import("./list.js").List> | undefined} */
  let loading;
  const list = () => {
    loading ??= import("./list.js").then(({ List }) => new List(form, table, opener));
    loading.catch(() => (loading = undefined));
    return loading;
  };
  const apply = async () => {
    const row = location.hash.slice(1);
    // The page as it was sent needs nothing.
    if (!loading && !filter.state().toString() && (!row || page.getElementById(row))) return;
    try {
      await (await list()).show(filter.state(), row);
    } catch {
      filter.fail(opener.dataset.failed ?? "");
    }
  };
  /** @param {boolean} push whether one step back undoes it */
  const update = (push) => {
    // Whole, as a path that begins with two slashes names a host.
    const url = new URL(location.href);
    const beside = url.searchParams.get(WITH);
    const state = filter.state();
    if (beside) state.set(WITH, beside);
    url.search = state.toString();
    // Typing replaces the address, so that one step back leaves the words and not one letter.
    if (push) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
    apply();
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    filter.tell(filter.until.value);
    update(event.target instanceof HTMLSelectElement);
  });
  form.addEventListener("reset", () => {
    filter.sort = "";
    setTimeout(() => {
      filter.tell("");
      update(true);
    });
  });
  form.addEventListener("focusin", () => list().then((all) => all.count(filter.state())).catch(() => {}), { once: true });
  filter.offerSorting(() => update(true));
  const read = async () => {
    filter.read(new URLSearchParams(location.search));
    await apply();
    // A browser looks for the row that an address names before script has put it there.
    const row = location.hash && page.getElementById(location.hash.slice(1));
    if (!row || !loading || !table.contains(row)) return;
    if (row.matches(":target")) row.scrollIntoView({ block: "nearest" });
    else location.replace(location.hash);
  };
  addEventListener("popstate", read);
  read();
  offerViews(page, async () => (await list()).addresses(filter.state()));
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
    this.selects = [...form.querySelectorAll("select")];
    /** The choice of the announcement up to which the list is shown. */
    this.until = /** @type {HTMLSelectElement} */ (form.elements.namedItem(UNTIL));
    this.announcement = /** @type {HTMLElement} */ (form.querySelector(".bas-filter-list"));
    this.sort = "";
  }

  /** The state as it stands in the address: what is empty is left out. */
  state() {
    const state = new URLSearchParams();
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
    const input = /** @type {HTMLInputElement} */ (this.form.elements.namedItem("q"));
    for (const control of [input, ...this.selects]) control.value = state.get(control.name) ?? "";
    for (const select of this.selects) if (select.selectedIndex < 0) select.value = "";
    this.tell(state.get(UNTIL) ?? "");
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
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const name = heading.dataset.sort ?? "";
        this.sort = this.sort === name ? `-${name}` : this.sort === `-${name}` ? "" : name;
        changed();
      });
    }
  }
}
