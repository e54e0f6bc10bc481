/**
 * The filter and the sorting of the standards list. Their state is the page's address, so that a
 * filtered view can be shared, kept and gone back to.
 */

const SORT = "sort";

/**
 * Show the filter of `page`, if it has one, and apply what the address says.
 * @param {Document} page
 */
export function offerFilter(page) {
  const form = page.querySelector("[data-bas-filter]");
  const table = page.querySelector(".bas-standards");
  if (!form || !table) return;
  form.hidden = false;
  const list = new List(table, page.documentElement.lang);
  const update = (push) => {
    const state = stateOf(form, list);
    const search = state.toString();
    const url = search ? `?${search}` : location.pathname;
    // Typing replaces the address, so that one step back leaves the words and not one letter.
    if (push) history.pushState(null, "", url + location.hash);
    else history.replaceState(null, "", url + location.hash);
    show(form, list.apply(state));
  };
  const restore = () => {
    const state = new URLSearchParams(location.search);
    for (const control of form.elements) if (control.name) control.value = state.get(control.name) ?? "";
    // A value that this list does not offer filters nothing.
    for (const select of form.querySelectorAll("select")) if (select.selectedIndex < 0) select.value = "";
    list.sort = state.get(SORT) ?? "";
    show(form, list.apply(stateOf(form, list)));
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => update(event.target.tagName === "SELECT"));
  form.addEventListener("reset", () => {
    list.sort = "";
    setTimeout(() => update(true));
  });
  list.offerSorting(() => update(true));
  addEventListener("popstate", restore);
  restore();
}

/** The filter's state as it stands in the address: what is empty is left out. */
function stateOf(form, list) {
  const state = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) state.set(name, value.trim());
  if (list.sort) state.set(SORT, list.sort);
  return state;
}

/** Say how many standards are shown. */
function show(form, count) {
  const output = form.querySelector("output");
  const words = count === 0 ? output.dataset.none : count === 1 ? output.dataset.one : output.dataset.other;
  output.textContent = words.replace("#", count.toLocaleString(document.documentElement.lang));
}

/** The rows of a table of standards. */
class List {
  /**
   * @param {HTMLTableElement} table
   * @param {string} language the page's, for the order of its titles
   */
  constructor(table, language) {
    this.table = table;
    this.body = table.tBodies[0];
    this.sort = "";
    this.rows = [...this.body.rows].map((row, place) => ({
      row,
      place,
      facets: row.dataset,
      text: folded(row.textContent),
      cells: [...row.cells].map((cell) => cell.textContent.trim()),
    }));
    // Simplified readers look names up by pinyin, Traditional ones by strokes, English ones by letters.
    const order = { "zh-Hans": "zh-Hans-u-co-pinyin", "zh-Hant-HK": "zh-Hant-HK-u-co-stroke" }[language] ?? language;
    this.collator = new Intl.Collator(order, { numeric: true });
    this.columns = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.sort);
  }

  /** Make each heading a button that sorts by it, then the other way round, then as announced. */
  offerSorting(changed) {
    for (const heading of this.table.tHead.rows[0].cells) {
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

  /**
   * Show the rows that fit `state`, in its order.
   * @param {URLSearchParams} state facets by name, `q` for words, `sort` for the column
   * @returns {number} how many are shown
   */
  apply(state) {
    const words = folded(state.get("q") ?? "");
    const facets = [...state].filter(([name]) => name !== "q" && name !== SORT);
    let shown = 0;
    for (const one of this.rows) {
      const fits = one.text.includes(words) && facets.every(([name, value]) => one.facets[name] === value);
      one.row.hidden = !fits;
      shown += fits;
    }
    this.arrange();
    return shown;
  }

  /** Put the rows into the order of `sort`; rows without a value stand last either way. */
  arrange() {
    const down = this.sort.startsWith("-");
    const column = this.columns.indexOf(this.sort.replace("-", ""));
    if (column < 0) this.sort = "";
    const ordered = [...this.rows];
    if (column >= 0) {
      ordered.sort((a, b) => {
        const [x, y] = [a.cells[column], b.cells[column]];
        if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1) || a.place - b.place;
        return (down ? -1 : 1) * this.collator.compare(x, y) || a.place - b.place;
      });
    }
    this.body.append(...ordered.map((one) => one.row));
    [...this.table.tHead.rows[0].cells].forEach((heading, n) => {
      if (n === column) heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      else heading.removeAttribute("aria-sort");
    });
  }
}

/** Text without what people type in several ways: width, case, spaces, dashes. */
function folded(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{Pd}]+/gu, "");
}
