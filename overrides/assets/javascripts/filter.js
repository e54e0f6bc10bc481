/**
 * The filter and the sorting of the standards list, by the same engine as the search. Their state is the
 * page's address, so that a filtered view can be shared, kept and gone back to.
 */
import { counted, loaded } from "./search/loading.js";

const SORT = "sort";
const FACETS = ["field", "batch", "publisher", "status", "route"];
const ROWS = 200;

/**
 * Show the filter of `page`, if it has one, and apply what the address says.
 * @param {Document} page
 */
export function offerFilter(page) {
  const form = page.querySelector("[data-bas-filter]");
  const table = page.querySelector(".bas-standards");
  if (!form || !table) return;
  form.hidden = false;
  const { root, language } = page.querySelector("[data-bas-search]").dataset;
  const list = new List(form, table, language);
  const apply = async () => {
    if (list.isAsAnnounced()) return list.restore();
    try {
      list.show((await loaded(root)).index);
    } catch {
      // Without the index the list stays whole, which the count says.
      list.restore();
    }
  };
  const update = (push) => {
    const search = list.state().toString();
    const url = (search ? `?${search}` : location.pathname) + location.hash;
    // Typing replaces the address, so that one step back leaves the words and not one letter.
    if (push) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
    apply();
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => update(event.target.tagName === "SELECT"));
  form.addEventListener("reset", () => {
    list.sort = "";
    setTimeout(() => update(true));
  });
  form.addEventListener("focusin", () => loaded(root).then(({ index }) => list.count(index), () => {}), { once: true });
  list.offerSorting(() => update(true));
  const read = () => {
    list.read(new URLSearchParams(location.search));
    apply();
  };
  addEventListener("popstate", read);
  read();
}

/** The table of standards, filtered and sorted. */
class List {
  /**
   * @param {HTMLFormElement} form
   * @param {HTMLTableElement} table
   * @param {string} language
   */
  constructor(form, table, language) {
    this.form = form;
    this.body = table.tBodies[0];
    this.headings = [...table.tHead.rows[0].cells];
    this.language = language;
    this.output = form.querySelector("output");
    this.result = form.querySelector(".bas-filter-result");
    this.parts = document.querySelector(".bas-parts");
    this.sort = "";
    this.announced = [...this.body.rows];
    this.rows = new Map(this.announced.map((row, n) => [Number(form.dataset.first) + n, row]));
    this.labels = new Map([...form.querySelectorAll("option[value]:not([value=''])")].map((one) => [one, one.textContent]));
    this.more = document.createElement("button");
    this.more.type = "button";
    this.more.className = "bas-more-rows";
    this.more.textContent = form.dataset.more;
    this.more.hidden = true;
    table.after(this.more);
    this.more.addEventListener("click", () => this.fill(this.body.rows.length + ROWS));
  }

  /** What compares names as readers look them up: Simplified ones by pinyin, Traditional ones by strokes, English ones
   * by letters. */
  get collator() {
    const order = { "zh-Hans": "zh-Hans-u-co-pinyin", "zh-Hant": "zh-Hant-HK-u-co-stroke" }[this.language];
    return new Intl.Collator(order ?? this.language, { numeric: true });
  }

  /** The filter's state as it stands in the address: what is empty is left out. */
  state() {
    const state = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (value.trim()) state.set(name, value.trim());
    if (this.sort) state.set(SORT, this.sort);
    return state;
  }

  /** Take over a `state` from the address; a value that this list does not offer filters nothing. */
  read(state) {
    for (const control of this.form.elements) if (control.name) control.value = state.get(control.name) ?? "";
    for (const select of this.form.querySelectorAll("select")) if (select.selectedIndex < 0) select.value = "";
    const sort = state.get(SORT) ?? "";
    this.sort = this.headings.some((heading) => heading.dataset.sort === sort.replace(/^-/, "")) ? sort : "";
  }

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

  /** Show what fits the state, by `index`, in its order. */
  show(index) {
    const state = this.state();
    const fits = this.fitting(index, state);
    this.count(index);
    this.documents = this.sorted(index, fits);
    this.result.hidden = false;
    this.index = index;
    if (this.parts) this.parts.hidden = true;
    this.fill(ROWS);
    this.markSorting();
    this.output.textContent = counted(this.documents.length, this.output.dataset);
  }

  /** The standards that fit the words of `state` and its facets but for `except`, the best first. */
  fitting(index, state, except = "") {
    const wanted = FACETS.filter((facet) => facet !== except && state.get(facet)).map((facet) => [facet, state.get(facet)]);
    const query = state.get("q");
    const all = query
      ? index.search(query).ranked().filter((one) => one < index.standards)
      : Array.from({ length: index.standards }, (_, n) => n);
    return all.filter((one) => wanted.every(([facet, value]) => valueOf(index, facet, one) === value));
  }

  /** Say beside each choice how many standards it would show. */
  count(index) {
    const state = this.state();
    for (const select of this.form.querySelectorAll("select")) {
      const counts = new Map();
      for (const one of this.fitting(index, state, select.name)) {
        const value = valueOf(index, select.name, one);
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      for (const option of select.options) {
        if (option.value) option.textContent = `${this.labels.get(option)} (${counts.get(option.value) ?? 0})`;
      }
    }
  }

  /** `documents` in the order of the sorted column; those without a value stand last either way. */
  sorted(index, documents) {
    if (!this.sort) return documents;
    const down = this.sort.startsWith("-");
    const column = this.sort.replace(/^-/, "");
    const { collator } = this;
    const title = (place) => (place < 0 ? "" : index.title(place, this.language));
    const key = {
      title: (one) => title(one),
      number: (one) => index.data.numbers[one],
      field: (one) => title(index.data.field[one]),
      // Batches follow each other in time, and so in the index.
      batch: (one) => (index.data.batch[one] < 0 ? "" : String(index.data.batch[one])),
    }[column];
    return documents
      .map((one) => [one, key(one)])
      .sort(([a, x], [b, y]) => {
        if (!x || !y) return !x - !y || a - b;
        return (down ? -1 : 1) * collator.compare(x, y) || a - b;
      })
      .map(([one]) => one);
  }

  /** Put the rows of the first `count` documents into the table. */
  fill(count) {
    const shown = this.documents.slice(0, count);
    this.body.replaceChildren(...shown.map((one) => this.row(one)));
    this.more.hidden = shown.length === this.documents.length;
  }

  /** The row of a standard: the page's own, or one made after its pattern where it stands on another page. */
  row(document_) {
    const known = this.rows.get(document_);
    if (known) return known;
    const row = this.announced[0].cloneNode(true);
    const { data } = this.index;
    // The list lies at <language>/standards/, its further parts one deeper.
    const up = Number(this.form.dataset.first) ? "../../" : "../";
    const link = (cell, place) => {
      const anchor = document.createElement("a");
      anchor.href = up + data.paths[place];
      anchor.textContent = this.index.title(place, this.language);
      cell.replaceChildren(anchor);
    };
    const [title, number, field, batch] = row.cells;
    link(title, document_);
    const [first, ...others] = data.numbers[document_].split("\n");
    const identifier = document.createElement("span");
    identifier.className = "bas-identifier";
    identifier.textContent = first;
    // A designation without a list identifier is told by its slash.
    number.replaceChildren(...(first.includes("/") ? [first] : [identifier, " ", ...others]));
    if (data.field[document_] < 0) field.replaceChildren();
    else link(field, data.field[document_]);
    batch.textContent = data.batch[document_] < 0 ? "" : this.index.title(data.batch[document_], this.language);
    this.rows.set(document_, row);
    return row;
  }

  /** Make each heading a button that sorts by it, then the other way round, then as announced. */
  offerSorting(changed) {
    for (const heading of this.headings) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const name = heading.dataset.sort;
        this.sort = this.sort === name ? `-${name}` : this.sort === `-${name}` ? "" : name;
        changed();
      });
    }
  }

  markSorting() {
    for (const heading of this.headings) {
      if (this.sort.replace(/^-/, "") !== heading.dataset.sort) heading.removeAttribute("aria-sort");
      else heading.setAttribute("aria-sort", this.sort.startsWith("-") ? "descending" : "ascending");
    }
  }
}

/** The value of a facet of the standard at `place` as it stands in an address; `none` where none is stated. */
function valueOf(index, facet, place) {
  const value = index.data[facet][place];
  if (typeof value === "number") return value < 0 ? "none" : index.data.paths[value].split("/")[1];
  return value || "none";
}
