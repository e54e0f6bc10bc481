/** A table of texts for a spreadsheet: in the clipboard, or as a file. */
import { create } from "../elements.js";
import { say } from "../sharing.js";

/**
 * A text that a spreadsheet takes for no formula.
 * @param {string} text
 */
function asText(text) {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/**
 * Put `rows` into the clipboard, as a table and as text with tabs, and say so.
 * @param {string[][]} rows
 * @param {string} words
 */
export async function copyTable(rows, words) {
  const said = /** @type {HTMLElement} */ (document.getElementById("bas-said"));
  const cells = rows.map((row) => row.map((cell) => asText(cell.replace(/\s+/g, " "))));
  const table = create("table", {}, ...cells.map((row) => create("tr", {}, ...row.map((cell) => create("td", {}, cell)))));
  const text = new Blob([cells.map((row) => row.join("\t")).join("\r\n")], { type: "text/plain" });
  const html = new Blob([table.outerHTML], { type: "text/html" });
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": text, "text/html": html })]);
    say(said, words);
  } catch {
    say(said, said.dataset.failed ?? "");
  }
}

/**
 * `rows` as CSV.
 * @param {string[][]} rows
 */
export function csvOf(rows) {
  const lines = rows.map((row) => row.map((cell) => `"${asText(cell).replaceAll('"', '""')}"`).join(","));
  // Excel takes a table for UTF-8 by this mark only.
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/**
 * Download `text` as the file `name`.
 * @param {string} text
 * @param {string} name
 */
export function saved(text, name) {
  create("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: name }).click();
}
