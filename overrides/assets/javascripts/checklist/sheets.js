/** A file that a reader chose, as lines of text: a cell apart from the next by a tab. It never leaves the browser. */
import { Archive } from "./archive.js";

/** Bytes of the longest file that is read. */
const LONGEST = 20_000_000;
/** Signs that no text has. */
const UNTEXTUAL = /[\0-\x08\x0e-\x1a]/;

/** Why a file cannot be read. */
export class FileFault extends Error {
  /** @param {"large" | "damaged" | "document" | "old" | "empty"} kind the end of a label that begins with `checked_fault_` */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/**
 * The text of `file`.
 * @param {File} file
 * @param {(text: string) => number} likelihood how likely a text is one of standards, where its encoding is not known
 * @returns {Promise<string>} rejected with a FileFault
 */
export async function textOf(file, likelihood) {
  if (file.size > LONGEST) throw new FileFault("large");
  const buffer = await file.arrayBuffer().catch(() => {
    throw new FileFault("damaged");
  });
  const start = new TextDecoder("latin1").decode(buffer.slice(0, 8));
  if (start.startsWith("%PDF") || start.startsWith("{\\rtf")) throw new FileFault("document");
  // Of Excel before 2007, and of a workbook with a password.
  if (start.startsWith("\u00d0\u00cf\u0011\u00e0")) throw new FileFault(/\.docx?$/i.test(file.name) ? "document" : "old");
  const text = start.startsWith("PK") ? await workbook(buffer) : untagged(decoded(buffer, likelihood));
  if (!text.trim()) throw new FileFault("empty");
  return /\.csv$/i.test(file.name) ? rowsOf(text, separatorOf(text)) : rowsOf(text);
}

/**
 * The rows of a table that is pasted or read: quotes taken off, a line break within a cell a space, tabs between cells.
 * @param {string} text
 * @param {string} separator
 */
export function rowsOf(text, separator = "\t") {
  const lines = text.replace(/\r\n?|[\u2028\u2029\v\f]/g, "\n");
  if (separator === "\t" && !lines.includes('"')) return lines;
  const cell = new RegExp(`"((?:[^"]|""){0,2000})"(?=[${separator}\\n]|$)|[^${separator}\\n]*`, "y");
  let rows = "";
  for (let at = 0; at <= lines.length; ) {
    cell.lastIndex = at;
    const [written = "", quoted] = cell.exec(lines) ?? [];
    rows += quoted === undefined ? written : quoted.replaceAll('""', '"').replace(/[\n\t]+/g, " ");
    at += written.length;
    rows += lines[at] === separator ? "\t" : (lines[at] ?? "");
    at++;
  }
  return rows;
}

/**
 * What most often parts the cells of a table.
 * @param {string} text
 */
function separatorOf(text) {
  const start = text.slice(0, 2000).replace(/"[^"]*"/g, "");
  const count = (/** @type {string} */ sign) => start.split(sign).length;
  return [",", ";", "\t", "|"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/**
 * The text of a file: UTF-8 or UTF-16, else what makes more sense of the two encodings of Chinese.
 * @param {ArrayBuffer} buffer
 * @param {(text: string) => number} likelihood
 */
function decoded(buffer, likelihood) {
  const bytes = new Uint8Array(buffer);
  /** @param {string} name */
  const read = (name) => {
    try {
      return new TextDecoder(name, { fatal: true }).decode(buffer);
    } catch {
      return "";
    }
  };
  let text = "";
  if (bytes.includes(0)) {
    // Every other byte of a Latin letter in UTF-16 is a zero, whether or not a mark says which.
    const zeros = [0, 1].map((odd) => bytes.filter((one, n) => !one && n % 2 === odd).length);
    text = read(zeros[0] < zeros[1] ? "utf-16le" : "utf-16be");
  } else {
    const [gb, big5] = [read("gb18030"), read("big5")];
    text = read("utf-8") || (likelihood(big5) > likelihood(gb) ? big5 : gb) || read("windows-1252");
  }
  if (UNTEXTUAL.test(text)) throw new FileFault("damaged");
  return text;
}

/**
 * The cells of a page or an XML file, which many programs call .xls; any other `text` as it is.
 * @param {string} text
 */
function untagged(text) {
  if (!/^\s*<(?:!doctype|html|head|meta|table|\?xml)/i.test(text)) return text;
  // Nothing of it is fetched, shown or run.
  const rows = [...new DOMParser().parseFromString(text, "text/html").querySelectorAll("tr, row")];
  const cells = (/** @type {Element} */ row) => [...row.querySelectorAll("td, th, cell")];
  return rows.map((row) => cells(row).map((cell) => (cell.textContent ?? "").replace(/\s+/g, " ").trim()).join("\t")).join("\n");
}

/**
 * The cells of the sheets of a workbook that are not hidden.
 * @param {ArrayBuffer} buffer
 */
async function workbook(buffer) {
  try {
    const archive = new Archive(buffer);
    const book = await archive.text("xl/workbook.xml");
    if (!book) throw new FileFault("document");
    const relations = elements(await archive.text("xl/_rels/workbook.xml.rels"), "Relationship");
    const targets = new Map(relations.map((one) => [one.getAttribute("Id"), one.getAttribute("Target") ?? ""]));
    const shared = elements(await archive.text("xl/sharedStrings.xml"), "si").map(words);
    const sheets = elements(book, "sheet").filter((one) => (one.getAttribute("state") ?? "visible") === "visible");
    const texts = [];
    for (const sheet of sheets) {
      const id = [...sheet.attributes].find((one) => one.localName === "id")?.value ?? "";
      const target = targets.get(id) ?? "";
      const rows = elements(await archive.text(target.startsWith("/") ? target.slice(1) : `xl/${target}`), "row");
      texts.push(rows.map((row) => cellsOf(row, shared)).join("\n"));
    }
    return texts.join("\n");
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw new FileFault(error instanceof RangeError && error.message === "too much" ? "large" : "damaged");
  }
}

/**
 * The cells of a row of a sheet.
 * @param {Element} row
 * @param {string[]} shared the texts that cells share
 */
function cellsOf(row, shared) {
  const cells = [...row.getElementsByTagNameNS("*", "c")].map((cell) => {
    const value = cell.getElementsByTagNameNS("*", "v")[0]?.textContent ?? "";
    const kind = cell.getAttribute("t");
    return (kind === "s" ? (shared[Number(value)] ?? "") : kind === "inlineStr" ? words(cell) : value).replace(/\s+/g, " ");
  });
  return cells.join("\t");
}

/**
 * The text of a cell, without how it is pronounced.
 * @param {Element} cell
 */
function words(cell) {
  const texts = [...cell.getElementsByTagNameNS("*", "t")].filter((one) => one.parentElement?.localName !== "rPh");
  return texts.map((one) => one.textContent).join("");
}

/**
 * The elements `name` of a part of a workbook.
 * @param {string} xml
 * @param {string} name
 */
function elements(xml, name) {
  // No workbook declares entities, by which a few bytes could become very many.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) throw new FileFault("damaged");
  if (!xml) return [];
  const page = new DOMParser().parseFromString(xml, "text/xml");
  if (page.getElementsByTagName("parsererror").length) throw new FileFault("damaged");
  return [...page.getElementsByTagNameNS("*", name)];
}
