/** The filter of the log, by kind and field. Its state is the page's address, as that of the standards list. */

/**
 * Show the filter of the log on `page`, and apply what the address says.
 * @param {Document} page
 */
export function offerLogFilter(page) {
  /** @type {HTMLFormElement | null} */
  const form = page.querySelector(".bas-log-filter");
  if (!form) return;
  form.hidden = false;
  const selects = [...form.querySelectorAll("select")];
  const output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
  const reset = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  /** @type {NodeListOf<HTMLElement>} */
  const days = page.querySelectorAll(".bas-log");

  const apply = () => {
    const shown = showEntries(days, selects);
    const isFiltered = selects.some(({ value }) => value);
    reset.hidden = !isFiltered;
    const { shown: some = "", none = "" } = output.dataset;
    output.textContent = isFiltered ? (shown ? some : none).replace("#", String(shown)) : "";
  };
  const update = () => {
    const url = new URL(location.href);
    for (const { name, value } of selects) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    history.pushState(null, "", url);
    apply();
  };
  const read = () => {
    const state = new URLSearchParams(location.search);
    for (const select of selects) {
      select.value = state.get(select.name) ?? "";
      // What this page does not offer filters nothing.
      if (select.selectedIndex < 0) select.value = "";
    }
    apply();
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", update);
  form.addEventListener("reset", () => setTimeout(update));
  // Some browsers put back what was chosen, others do not.
  for (const event of ["popstate", "pageshow"]) addEventListener(event, read);
  read();
}

/**
 * Show the entries of `days` that fit what `selects` choose, and the days that have any.
 * @param {NodeListOf<HTMLElement>} days
 * @param {HTMLSelectElement[]} selects
 * @returns {number} how many entries are shown
 */
function showEntries(days, selects) {
  let shown = 0;
  for (const day of days) {
    const entries = [...day.querySelectorAll("li")];
    for (const entry of entries) {
      entry.hidden = !selects.every(({ name, value }) => !value || entry.dataset[name]?.split(" ").includes(value));
    }
    const ofDay = entries.filter((entry) => !entry.hidden).length;
    /** @type {HTMLElement} */ (day.previousElementSibling).hidden = day.hidden = !ofDay;
    shown += ofDay;
  }
  return shown;
}
