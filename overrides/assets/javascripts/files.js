/** Standards as a file, cut out of the published file of the whole list. */
import { ONLY } from "./choice.js";
import { create, fetched } from "./elements.js";

/** What one standard takes up in each file, with its address. @type {Record<string, RegExp>} */
const RECORDS = {
  csv: /^([^,]*),(?:"(?:[^"]|"")*"|[^"\r\n])*\r\n/gm,
  bib: /^@standard\{([^,]*),\n[^]*?\n\}\n/gm,
  ris: /^TY {2}- STAND\r\nID {2}- (.*)\r\n[^]*?\nER {2}- \r\n/gm,
};
/** The first cell of the headings of a table. */
const HEADING = "address";

/**
 * Download the standards at `addresses`, in their order, as a file that ends with `ending`. It is called by the page's
 * path, by what filters the list, and by the version.
 * @param {string} ending
 * @param {string} data the address of the published files
 * @param {string[]} addresses
 */
export async function download(ending, data, addresses) {
  const [list, index] = await Promise.all([fetched(`${data}standards.${ending}`), fetched(`${data}index.json`)]);
  const [text, { version }] = await Promise.all([list.text(), index.json()]);
  /** @type {Map<string, string>} */
  const records = new Map([...text.matchAll(RECORDS[ending])].map(([record, address]) => [address, record]));
  const parts = [records.get(HEADING), ...addresses.map((address) => records.get(address))];
  // Excel takes a table for UTF-8 by this mark only, which is lost when a text is read.
  if (ending === "csv") parts.unshift("\ufeff");
  const [, ...path] = location.pathname.slice(new URL("../..", data).pathname.length).split("/").filter(Boolean);
  const state = [...new URLSearchParams(location.search)];
  // A set tells how many it holds: its addresses have no room in a name.
  const words = state.flatMap(([key, value]) => (key === ONLY ? ["set-of", String(addresses.length)] : [key, value]));
  const name = [...path, ...words, version];
  const href = URL.createObjectURL(new Blob(parts.filter((part) => part !== undefined)));
  create("a", { href, download: `${name.join("-").replace(/[^\p{L}\p{N}.]+/gu, "-")}.${ending}` }).click();
}
