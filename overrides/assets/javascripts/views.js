/**
 * What script adds to a table of standards: a link to each row, the titles in another language beside the first, the
 * standards that are shown as a link, a file or on paper.
 */
import { create } from "./elements.js";
import { chooseSet, chosenSet, ONLY, query, WITH } from "./choice.js";
import { copy, say } from "./sharing.js";

/**
 * Offer all this for the table of `page`, if it can be had there.
 * @param {Document} page
 * @param {() => Promise<string[]>} [shown] gives the addresses of the standards that are shown, also of those that
 *   stand on other pages
 * @param {() => Promise<void>} [complete] puts all these into the table
 */
export function offerViews(page, shown, complete = async () => {}) {
  /** @type {HTMLElement | null} */
  const bar = page.querySelector(".bas-views");
  /** @type {HTMLTableElement | null} */
  const table = page.querySelector(".bas-standards");
  /** @type {HTMLAnchorElement | null} */
  const opener = page.querySelector("[data-bas-search]");
  if (table && opener) offerTicks(page, opener);
  if (!bar || !table || !opener) return;
  const data = new URL(`${opener.dataset.root}api/v1/`, location.href).href;
  const fail = () => say(/** @type {HTMLElement} */ (page.getElementById("bas-said")), bar.dataset.failed ?? "");
  shown ??= async () => [...table.tBodies[0].rows].map((row) => row.id);
  offerFiles(bar, data, shown, fail);
  const showLanguage = offerLanguages(bar, table, data, fail);
  // Paper has no further pages.
  const printAll = () => complete().catch(fail).then(showLanguage).then(() => print());
  bar.querySelector("[data-view=print]")?.addEventListener("click", printAll);
  offerRowLinks(table, bar.dataset.row ?? "");
  bar.hidden = false;
}

/**
 * Let the buttons of `bar` give what is `shown` as a link or a file.
 * @param {HTMLElement} bar
 * @param {string} data the address of the published files
 * @param {() => Promise<string[]>} shown
 * @param {() => void} fail
 */
function offerFiles(bar, data, shown, fail) {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = bar.querySelectorAll("[data-view]:not([data-view=print])");
  for (const button of buttons) {
    const { view = "" } = button.dataset;
    button.addEventListener("click", () => {
      if (view === "link") copy(bar.dataset.link ?? location.href);
      else save(view, data, shown).catch(fail);
    });
  }
}

/**
 * @param {string} ending
 * @param {string} data
 * @param {() => Promise<string[]>} shown
 */
async function save(ending, data, shown) {
  const { download } = await import("./files.js");
  await download(ending, data, await shown());
}

/**
 * Let the buttons of `bar` put another language beside the first, as the address says.
 * @param {HTMLElement} bar
 * @param {HTMLTableElement} table
 * @param {string} data
 * @param {() => void} fail
 * @returns {() => Promise<void>} puts it beside rows that have come since
 */
function offerLanguages(bar, table, data, fail) {
  const buttons = [.../** @type {NodeListOf<HTMLButtonElement>} */ (bar.querySelectorAll("[data-with]"))];
  let isShown = false;
  const show = async () => {
    const wanted = new URLSearchParams(location.search).get(WITH);
    const chosen = buttons.find((button) => button.dataset.with === wanted);
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === chosen));
    if (!chosen && !isShown) return;
    isShown = true;
    try {
      await (await import("./beside.js")).showBeside(table, chosen, data, bar.dataset.wanted ?? "");
    } catch {
      fail();
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const url = new URL(location.href);
      if (button.getAttribute("aria-pressed") === "true") url.searchParams.delete(WITH);
      else url.searchParams.set(WITH, button.dataset.with ?? "");
      url.search = query(url.searchParams);
      history.pushState(null, "", url);
      show();
    });
  }
  addEventListener("popstate", show);
  // The filter puts in other rows.
  new MutationObserver(show).observe(table.tBodies[0], { childList: true });
  show();
  return show;
}

/**
 * Put a link to itself into the row of `table` that is pointed at or has the focus.
 * @param {HTMLTableElement} table
 * @param {string} name
 */
function offerRowLinks(table, name) {
  const link = create("a", { class: "bas-row-link", "aria-label": name }, "#");
  for (const event of ["pointerover", "focusin"]) {
    table.addEventListener(event, ({ target }) => {
      const row = /** @type {HTMLElement} */ (target).closest("tr");
      // A link that has the focus keeps it.
      if (!row?.id || row.contains(link) || link === document.activeElement) return;
      link.href = `#${row.id}`;
      row.cells[row.cells.length - 1].append(link);
    });
  }
}

/**
 * Put a tick into each row of the tables of `page`, by which a reader chooses a set.
 * @param {Document} page
 * @param {HTMLElement} opener the header's link to the search
 */
function offerTicks(page, opener) {
  /** @type {NodeListOf<HTMLTableElement>} */
  const tables = page.querySelectorAll(".bas-standards");
  /** @type {HTMLElement | null} */
  const bar = page.querySelector(".bas-views");
  const mark = () => {
    const chosen = new Set(chosenSet());
    const isSet = new URLSearchParams(location.search).has(ONLY);
    for (const table of tables) {
      table.classList.toggle("bas-chosen", isSet);
      for (const row of table.tBodies[0].rows) {
        const box = row.querySelector("input") ?? tick(row, table.dataset.choose ?? "");
        box.checked = isSet || chosen.has(box.value);
        // Until the set has come, the rows are those of the whole list.
        box.disabled = isSet && !bar?.dataset.link;
      }
    }
  };
  const fail = () => say(/** @type {HTMLElement} */ (page.getElementById("bas-said")), opener.dataset.failed ?? "");
  for (const table of tables) {
    // The filter puts in other rows.
    new MutationObserver(mark).observe(table.tBodies[0], { childList: true });
    table.addEventListener("change", ({ target }) => {
      const { value, checked } = /** @type {HTMLInputElement} */ (target);
      // Where a set is shown, its address says what is ticked.
      if (table.classList.contains("bas-chosen")) return;
      const others = chosenSet().filter((one) => one !== value);
      chooseSet(checked ? [...others, value] : others);
      import("./tray.js").then(({ offerTray }) => offerTray(opener)).catch(fail);
    });
  }
  for (const event of ["storage", "pageshow", "popstate"]) addEventListener(event, mark);
  mark();
}

let ticks = 0;

/**
 * The tick of a row. Its words alone head the row: the name of the tick has them too.
 * @param {HTMLTableRowElement} row
 * @param {string} name what it is called, with `#` for the title
 */
function tick(row, name) {
  const [cell] = row.cells;
  const link = /** @type {HTMLAnchorElement} */ (cell.querySelector("a"));
  const title = link.textContent;
  const value = link.pathname.split("/").at(-2) ?? "";
  const box = create("input", { type: "checkbox", value, autocomplete: "off", "aria-label": name.replace("#", () => title) });
  const id = `bas-title-${ticks++}`;
  const words = create("span", { id }, ...cell.childNodes);
  cell.replaceChildren(create("label", { class: "bas-tick" }, box), words);
  cell.setAttribute("aria-labelledby", id);
  return box;
}
