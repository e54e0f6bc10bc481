/**
 * The filter and the sorting of the standards list, by the same engine as the search. Their state is the
 * page's address, so that a filtered view can be shared, kept and gone back to.
 */
import { counted, loaded } from "./search/loading.js";

/** @typedef {import("./search/engine.js").Index} Index */
/** @typedef {import("./choice.js").Language} Language */
/** @typedef {typeof FACETS[number]} Facet */

const SORT = "sort";
const UNTIL = "until";
const FACETS = /** @type {const} */ (["field", "batch", "publisher", "status", "route"]);
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
  if (!form || !table || !opener) return;
  form.hidden = false;
  const list = new List(form, table, opener);
  const apply = async () => {
    if (list.isAsAnnounced()) return list.restore();
    try {
      list.show(await loaded(opener));
    } catch {
      list.fail();
    }
  };
  /** @param {boolean} push whether one step back undoes it */
  const update = (push) => {
    // Whole, as a path that begins with two slashes names a host.
    const url = new URL(location.href);
    url.search = list.state().toString();
    // Typing replaces the address, so that one step back leaves the words and not one letter.
    if (push) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
    apply();
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    list.tell(list.until.value);
    update(event.target instanceof HTMLSelectElement);
  });
  form.addEventListener("reset", () => {
    list.sort = "";
    setTimeout(() => {
      list.tell("");
      update(true);
    });
  });
  form.addEventListener("focusin", () => loaded(opener).then(({ index }) => list.count(index), () => {}), { once: true });
  list.offerSorting(() => update(true));
  const read = () => {
    list.read(new URLSearchParams(location.search));
    apply();
  };
  addEventListener("popstate", read);
  read();
}

/**
 * Say something of a standard at the end of its `cell`.
 * @param {HTMLTableCellElement} cell
 * @param {string} kind
 * @param {string} words
 */
function mark(cell, kind, words) {
  const span = document.createElement("span");
  span.className = kind;
  span.textContent = words;
  cell.append(" ", span);
}

/** The table of standards, filtered and sorted. */
class List {
  /**
   * @param {HTMLFormElement} form
   * @param {HTMLTableElement} table
   * @param {HTMLElement} opener the header's link to the search
   */
  constructor(form, table, opener) {
    this.form = form;
    this.body = table.tBodies[0];
    /** @type {HTMLTableCellElement[]} */
    this.headings = [...table.querySelectorAll("th")];
    this.language = /** @type {Language} */ (opener.dataset.language);
    this.failed = opener.dataset.failed ?? "";
    /** @type {Record<string, string>} The labels of the search, once they are there. */
    this.words = {};
    this.selects = [...form.querySelectorAll("select")];
    /** The choice of the announcement up to which the list is shown. */
    this.until = /** @type {HTMLSelectElement} */ (form.elements.namedItem(UNTIL));
    this.announcement = /** @type {HTMLElement} */ (form.querySelector(".bas-filter-list"));
    this.output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
    this.result = /** @type {HTMLElement} */ (this.output.parentElement);
    /** @type {HTMLElement | null} */
    this.parts = document.querySelector(".bas-parts");
    this.sort = "";
    /** @type {number[] | undefined} The standards that fit, by their place in the index, while the list is filtered. */
    this.documents = undefined;
    this.announced = [...this.body.rows];
    this.step = Number(form.dataset.rows);
    this.rows = new Map(this.announced.map((row, n) => [Number(form.dataset.first) + n, row]));
    const options = this.selects.flatMap((select) => [...select.options]).filter((option) => option.value);
    this.labels = new Map(options.map((option) => [option, option.textContent]));
    this.more = document.createElement("button");
    this.more.type = "button";
    this.more.className = "bas-more-rows";
    this.more.textContent = form.dataset.more ?? "";
    this.more.hidden = true;
    table.after(this.more);
  }

  /** What compares names as readers look them up: Simplified ones by pinyin, Traditional ones by strokes, English ones
   * by letters. */
  get collator() {
    const orders = { "zh-Hans": "zh-Hans-u-co-pinyin", "zh-Hant": "zh-Hant-HK-u-co-stroke", en: "en" };
    return new Intl.Collator(orders[this.language], { numeric: true });
  }

  /** The filter's state as it stands in the address: what is empty is left out. */
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

  /** Whether nothing filters or sorts the list. */
  isAsAnnounced() {
    return !this.state().toString();
  }

  /** The page as it was sent: its part of the list, as announced. */
  restore() {
    if (!this.documents) return;
    this.body.replaceChildren(...this.announced);
    if (this.parts) this.parts.hidden = false;
    this.more.hidden = true;
    this.result.hidden = true;
    this.output.textContent = "";
    for (const [option, label] of this.labels) option.textContent = label;
    this.markSorting();
  }

  /** Say that the index cannot be had, above the page as it was sent. */
  fail() {
    this.restore();
    this.documents = [];
    this.output.textContent = this.failed;
    this.result.hidden = false;
  }

  /**
   * Show what fits the state, by `index`, in its order.
   * @param {import("./search/loading.js").Loaded} loaded
   */
  show({ index, words }) {
    this.words = words;
    const state = this.state();
    this.count(index);
    this.documents = this.sorted(index, this.fitting(index, state));
    this.result.hidden = false;
    if (this.parts) this.parts.hidden = true;
    this.more.onclick = () => this.fill(index, this.body.rows.length + this.step);
    this.fill(index, this.step);
    this.markSorting();
    this.output.textContent = counted(this.documents.length, this.output.dataset);
  }

  /**
   * The standards that fit the words of `state` and its facets but for `except`, the best first.
   * @param {Index} index
   * @param {URLSearchParams} state
   * @param {string} except
   */
  fitting(index, state, except = "") {
    const wanted = FACETS.filter((facet) => facet !== except && state.get(facet));
    const until = except === UNTIL ? "" : state.get(UNTIL);
    const last = index.data.paths.indexOf(`batches/${until}/`);
    // Batches follow each other in time, and so in the index.
    /** @type {(batch: number) => boolean} */
    const isInTime = (batch) => !until || (batch >= 0 && batch <= last);
    const query = state.get("q");
    const all = query
      ? index.search(query).ranked().filter((one) => one < index.standards)
      : Array.from({ length: index.standards }, (_, n) => n);
    return all
      .filter((one) => isInTime(index.data.batch[one]))
      .filter((one) => wanted.every((facet) => valuesOf(index, facet, one).includes(state.get(facet) ?? "")));
  }

  /**
   * Say beside each choice how many standards it would show.
   * @param {Index} index
   */
  count(index) {
    const state = this.state();
    for (const select of this.selects) {
      /** @type {Map<string, number>} */
      const counts = new Map();
      for (const one of this.fitting(index, state, select.name)) {
        const facet = select === this.until ? "batch" : /** @type {Facet} */ (select.name);
        for (const value of valuesOf(index, facet, one)) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      let sum = 0;
      for (const option of select.options) {
        const own = counts.get(option.value) ?? 0;
        // The list after an announcement holds what was announced before.
        sum = select === this.until ? sum + own : own;
        if (option.value) option.textContent = `${this.labels.get(option)} (${sum})`;
      }
    }
  }

  /**
   * `documents` in the order of the sorted column; those without a value stand last either way.
   * @param {Index} index
   * @param {number[]} documents
   * @returns {number[]}
   */
  sorted(index, documents) {
    if (!this.sort) return documents;
    const down = this.sort.startsWith("-");
    const column = this.sort.replace(/^-/, "");
    const { collator } = this;
    /** @param {number} place */
    const title = (place) => (place < 0 ? "" : index.title(place, this.language));
    /** @type {Record<string, (document: number) => string>} */
    const keys = {
      // Those without a title in the language stand last too.
      title: (one) => (index.titleLang(one, this.language) ? "" : title(one)),
      number: (one) => index.data.numbers[one],
      field: (one) => title(index.data.fields[one][0] ?? -1),
      batch: (one) => (index.data.batch[one] < 0 ? "" : String(index.data.batch[one])),
    };
    return documents
      .map((one) => /** @type {[number, string]} */ ([one, keys[column](one)]))
      .sort(([a, x], [b, y]) => {
        if (!x || !y) return Number(!x) - Number(!y) || a - b;
        return (down ? -1 : 1) * collator.compare(x, y) || a - b;
      })
      .map(([one]) => one);
  }

  /**
   * Put the rows of the first `count` documents into the table.
   * @param {Index} index
   * @param {number} count
   */
  fill(index, count) {
    /** @type {number[]} */
    const documents = this.documents ?? [];
    const rows = documents.slice(0, count).map((one) => this.rows.get(one) ?? this.row(index, one));
    this.body.replaceChildren(...rows);
    this.more.hidden = rows.length === documents.length;
  }

  /**
   * The row of a standard that stands on another page, made after the pattern of this page's.
   * @param {Index} index
   * @param {number} document_
   */
  row(index, document_) {
    const row = /** @type {HTMLTableRowElement} */ (this.announced[0].cloneNode(true));
    const { data } = index;
    // The list lies at <language>/standards/, its further parts one deeper.
    const up = Number(this.form.dataset.first) ? "../../" : "../";
    /** @type {(place: number) => HTMLAnchorElement} */
    const link = (place) => {
      const anchor = document.createElement("a");
      anchor.href = up + data.paths[place];
      anchor.textContent = index.title(place, this.language);
      const lang = index.titleLang(place, this.language);
      if (lang) anchor.lang = lang;
      return anchor;
    };
    /** @type {<T>(parts: T[]) => (T | string)[]} */
    const listed = (parts) => parts.flatMap((one, n) => (n ? [this.words.list_comma, one] : [one]));
    const [title, number, field, batch] = row.cells;
    title.replaceChildren(link(document_));
    const status = data.status[document_] || "current";
    /** @type {HTMLOptionElement | null} */
    const choice = this.form.querySelector(`[name=status] [value=${status}]`);
    if (choice && status !== "current") mark(title, "bas-status", this.labels.get(choice) ?? "");
    if (data.new.includes(document_)) mark(title, "bas-new", this.words.new_here);
    const numbers = index.printedNumbers(document_, this.language).map((one) => {
      const span = document.createElement("span");
      // A designation is told by its slash.
      span.className = one.includes("/") ? "bas-designation" : "bas-identifier";
      span.textContent = one;
      return span;
    });
    number.replaceChildren(...listed(numbers));
    field.replaceChildren(...listed(data.fields[document_].map(link)));
    batch.textContent = data.batch[document_] < 0 ? "" : index.title(data.batch[document_], this.language);
    if (data.derived.includes(document_)) mark(batch, "bas-ours", this.words.batch_derived);
    this.rows.set(document_, row);
    return row;
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

  /** Say in the headings by which of them the list is sorted. */
  markSorting() {
    for (const heading of this.headings) {
      if (this.sort.replace(/^-/, "") !== heading.dataset.sort) heading.removeAttribute("aria-sort");
      else heading.setAttribute("aria-sort", this.sort.startsWith("-") ? "descending" : "ascending");
    }
  }
}

/**
 * The values of a facet of the standard at `place` as they stand in an address; `none` where none is stated.
 * @param {Index} index
 * @param {Facet} facet
 * @param {number} place
 */
function valuesOf(index, facet, place) {
  const { data } = index;
  if (facet === "status" || facet === "route") return [data[facet][place] || "none"];
  const records = facet === "field" ? data.fields[place] : [data[facet][place]].filter((one) => one >= 0);
  return records.length ? records.map((one) => data.paths[one].split("/")[1]) : ["none"];
}
