/** A second language in a table of standards: their titles in it, in a column beside the first. */
import { create, fetched } from "./elements.js";

/** @typedef {Record<string, string>} Titles by language */

/** @type {Promise<Map<string, Titles>> | undefined} By the address of the standard. */
let titles;

/**
 * Show in `table` the titles in the language of the button `chosen`; the first language alone where there is none.
 * @param {HTMLTableElement} table
 * @param {HTMLButtonElement | undefined} chosen
 * @param {string} data the address of the published files
 * @param {string} wanted what stands where there is no title yet
 */
export async function showBeside(table, chosen, data, wanted) {
  const language = chosen?.dataset.with ?? "";
  titles ??= titlesAt(`${data}standards.json`).catch((error) => {
    titles = undefined;
    throw error;
  });
  const all = language ? await titles : new Map();
  /** @type {HTMLElement | null} */
  const link = document.querySelector(`[data-bas-language="${language}"]`);
  // Another choice may have been made while they were on their way.
  if (chosen?.getAttribute("aria-pressed") === "false") return;
  for (const row of table.rows) {
    row.querySelector(".bas-beside")?.remove();
    if (!language) continue;
    const isHeading = row.parentElement === table.tHead;
    const title = isHeading ? chosen?.textContent : all.get(row.id)?.[language];
    const cell = create(isHeading ? "th" : "td", { class: "bas-beside" }, title ?? wanted);
    if (isHeading) cell.scope = "col";
    else if (title) cell.lang = link?.lang ?? "";
    else cell.classList.add("bas-unknown");
    row.cells[0].after(cell);
  }
  table.classList.toggle("bas-both", Boolean(language));
  // The further parts of a list show it too.
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const parts = document.querySelectorAll(".bas-parts a");
  for (const part of parts) part.search = language ? `?with=${language}` : "";
}

/**
 * The titles in the published list at `address`.
 * @param {string} address
 * @returns {Promise<Map<string, Titles>>}
 */
async function titlesAt(address) {
  /** @type {{standards: {address: string, title: Titles}[]}} */
  const { standards } = await (await fetched(address)).json();
  return new Map(standards.map((one) => [one.address, one.title]));
}
