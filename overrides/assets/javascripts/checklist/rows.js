/** The rows of a check: what a line named, as a table shows it and as a record keeps it. */
import { create } from "../elements.js";
import { isFound } from "./lines.js";

/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./lines.js").Answer} Answer */
/** @typedef {Answer & {before?: Answer}} Chosen an answer that the reader gave, with what it was before */

const COLUMNS = /** @type {const} */ (["yours", "outcome", "standard", "since", "state"]);
/** The columns of a record: what was pasted, then what was found. */
const RECORD = ["line_word", "yours", "outcome", "note", "number", "title", "since", "days", "state", "address", "page"];

/** Characters of the longest line that is shown whole. */
const LONGEST = 200;

/** Makes rows of answers. */
export class Rows {
  /**
   * @param {import("./lines.js").Checker} checker
   * @param {Record<string, string>} words
   * @param {URL} home the address of the home page in the reader's language
   * @param {() => void} changed called when the reader has confirmed or dismissed an answer
   */
  constructor({ index, language }, words, home, changed) {
    this.index = index;
    this.language = language;
    this.words = words;
    this.home = home;
    this.changed = changed;
    /** @type {Map<number, number>} Standard → the first line that names it. */
    this.first = new Map();
  }

  /**
   * Note where each standard is named first.
   * @param {Line[]} lines
   */
  number(lines) {
    this.first.clear();
    for (const { number, answers } of lines) {
      for (const { documents } of answers.filter(isFound)) {
        if (!this.first.has(documents[0])) this.first.set(documents[0], number);
      }
    }
  }

  /**
   * Whether what was found is no longer in force.
   * @param {Answer} answer
   */
  isEnded(answer) {
    return isFound(answer) && /superseded|withdrawn/.test(this.index.data.status[answer.documents[0]]);
  }

  /**
   * Whether nothing better than hearsay lists what was found.
   * @param {Answer} answer
   */
  isHearsay(answer) {
    return isFound(answer) && this.index.data.hearsay.includes(answer.documents[0]);
  }

  /** The table, without rows. */
  table() {
    const headings = COLUMNS.map((name) => create("th", { scope: "col" }, this.words[`checked_${name}`]));
    const table = create("table", { class: "bas-check-table" }, create("caption", {}), create("thead", {}, create("tr", {}, ...headings)));
    table.append(create("tbody", {}));
    return table;
  }

  /**
   * @param {Line} line
   * @param {Answer} answer
   */
  row(line, answer) {
    const { words } = this;
    const { outcome, documents } = answer;
    const found = isFound(answer);
    const row = create("tr", { class: `bas-check-${this.isEnded(answer) ? "past" : outcome}` }, this.heading(line));
    row.append(create("td", {}, create("strong", {}, this.outcome(answer))));
    const standard = create("td", {});
    if (found) standard.append(...this.named(documents[0]));
    else if (documents.length) standard.append(create("ul", {}, ...documents.map((one) => this.candidate(line, answer, one))));
    const note = this.note(line, answer);
    if (!note && !documents.length) standard.append(create("span", { class: "bas-none" }, words.checked_none));
    if (note) standard.append(create("p", { class: "bas-note" }, note));
    standard.append(...this.choices(line, answer));
    row.append(standard, create("td", { class: "bas-check-since" }, ...(found ? this.since(documents[0]) : [])));
    row.append(create("td", {}, ...(found ? this.state(documents[0]) : [])));
    return row;
  }

  /**
   * What was pasted, as the heading of its row.
   * @param {Line} line
   */
  heading({ number, text }) {
    const shown = text.slice(0, LONGEST).replaceAll("\t", " · ") + (text.length > LONGEST ? "…" : "");
    const unseen = create("span", { class: "bas-unseen" }, this.words.checked_line_word);
    const where = create("span", { class: "bas-check-line" }, unseen, String(number));
    return create("th", { scope: "row" }, where, " ", create("span", { lang: langOf(shown) }, shown));
  }

  /**
   * The outcome in words; that only hearsay lists a standard is no less than that.
   * @param {Answer} answer
   */
  outcome(answer) {
    return this.words[this.isHearsay(answer) ? "on_list_low" : `checked_${answer.outcome}`];
  }

  /**
   * The title and numbers of a standard.
   * @param {number} document
   * @returns {(Node | string)[]}
   */
  named(document) {
    const title = create("a", { href: this.address(document) }, this.index.title(document, this.language));
    const lang = this.index.titleLang(document, this.language);
    if (lang) title.lang = lang;
    const spans = this.numbers(document).map((one) => create("span", { class: "bas-designation" }, one));
    const numbers = spans.flatMap((one, n) => [n ? this.words.list_comma : "", one]);
    return numbers.length ? [title, " ", create("span", { class: "bas-number" }, ...numbers)] : [title];
  }

  /** @param {number} document */
  address(document) {
    return new URL(this.index.data.paths[document], this.home).href;
  }

  /** @param {number} document */
  numbers(document) {
    return this.index.printedNumbers(document, this.language).filter(Boolean);
  }

  /**
   * When a standard was announced, and that this follows from dates where it does.
   * @param {number} document
   * @returns {(Node | string)[]}
   */
  since(document) {
    const batch = this.index.data.batch[document];
    if (batch < 0) return [create("span", { class: "bas-unknown" }, this.words.batch_unknown)];
    const name = this.index.title(batch, this.language);
    const days = create("span", { class: "bas-check-days" }, this.days(document));
    const isDerived = this.index.data.derived.includes(document);
    return [name, " ", days, ...(isDerived ? [" ", create("span", { class: "bas-ours" }, this.words.batch_derived)] : [])];
  }

  /**
   * The day on which a standard was announced, or those between which it was.
   * @param {number} document
   */
  days(document) {
    const batch = this.index.data.batch[document];
    return batch < 0 ? "" : this.index.data.names[batch].replace("\n", " – ");
  }

  /**
   * Whether a standard is in force, and what supersedes it.
   * @param {number} document
   * @returns {(Node | string)[]}
   */
  state(document) {
    const { words } = this;
    const status = this.index.data.status[document];
    if (!status) return [create("span", { class: "bas-unknown" }, words.checked_unstated)];
    const isEnded = /superseded|withdrawn/.test(status);
    const said = isEnded ? create("span", { class: "bas-status" }, words[`status_${status}`]) : words[`status_${status}`];
    const followers = this.index.data.successors[document] ?? [];
    const links = followers.flatMap((one, n) => [n ? words.list_comma : "", ...this.named(one)]);
    return links.length ? [said, " ", create("span", { class: "bas-check-next" }, words.checked_by, words.colon, ...links)] : [said];
  }

  /**
   * What is to be said of an answer.
   * @param {Line} line
   * @param {Answer} answer
   */
  note(line, answer) {
    const { words } = this;
    const { outcome, named = "" } = answer;
    // Which number of several it is that is not recorded.
    const note = answer.note ?? (outcome === "missing" && named && named !== line.text ? "absent" : "");
    const first = this.first.get(answer.documents[0]) ?? line.number;
    const isAgain = isFound(answer) && first < line.number;
    const own = note && words[`checked_note_${note}`].replace("#", () => named);
    return [own, isAgain && words.checked_again.replace("#", String(first))].filter(Boolean).join(words.space);
  }

  /**
   * A standard that may be meant, with a button that says so.
   * @param {Line} line
   * @param {Answer} answer
   * @param {number} document
   */
  candidate(line, answer, document) {
    const { checked_confirm } = this.words;
    const name = `${checked_confirm}${this.words.colon}${this.index.title(document, this.language)}`;
    const given = { outcome: /** @type {const} */ ("listed"), documents: [document], note: "confirmed" };
    return create("li", {}, ...this.named(document), " ", this.button(checked_confirm, line, answer, given, name));
  }

  /**
   * What the reader can do with an answer as a whole.
   * @param {Line} line
   * @param {Chosen} answer
   */
  choices(line, answer) {
    const { checked_dismiss, checked_undo, checked_line } = this.words;
    const where = checked_line.replace("#", String(line.number));
    if (answer.before) return [this.button(checked_undo, line, answer, answer.before, `${checked_undo}${this.words.colon}${where}`)];
    if (answer.outcome !== "perhaps") return [];
    const given = { outcome: /** @type {const} */ ("missing"), documents: [], note: "dismissed" };
    return [this.button(checked_dismiss, line, answer, given, `${checked_dismiss}${this.words.colon}${where}`)];
  }

  /**
   * A button that puts `given` in the place of `answer`.
   * @param {string} words
   * @param {Line} line
   * @param {Chosen} answer
   * @param {Chosen} given
   * @param {string} name
   */
  button(words, line, answer, given, name) {
    const button = create("button", { type: "button", class: "bas-copy", "aria-label": name }, words);
    button.addEventListener("click", () => {
      const next = given === answer.before ? given : { ...given, before: answer };
      // Equal lines share their answers.
      line.answers = line.answers.map((one) => (one === answer ? next : one));
      const at = button.closest("tr")?.sectionRowIndex ?? 0;
      this.changed();
      // The keyboard stays where it was; where the row is no longer shown, at the one in its place.
      const rows = document.querySelectorAll(".bas-check-table tbody tr");
      const row = rows[Math.min(at, rows.length - 1)];
      /** @type {HTMLElement | null | undefined} */ (row?.querySelector("td button") ?? row?.querySelector("td a"))?.focus();
    });
    return button;
  }

  /**
   * All lines as rows of texts, the headings first.
   * @param {Line[]} lines
   * @returns {string[][]}
   */
  records(lines) {
    const rows = lines.flatMap((line) => (line.answers.length ? line.answers : [undefined]).map((answer) => this.record(line, answer)));
    return [RECORD.map((name) => this.words[`checked_${name}`]), ...rows];
  }

  /**
   * @param {Line} line
   * @param {Answer | undefined} answer nothing where the line was left out
   */
  record(line, answer) {
    const { words } = this;
    /** @type {(parts: (Node | string)[]) => string} */
    const text = (parts) => parts.map((one) => (typeof one === "string" ? one : (one.textContent ?? ""))).join("").trim();
    const own = [String(line.number), line.text.replaceAll("\t", " ")];
    if (!answer) return [...own, words.checked_left, ...RECORD.slice(3).map(() => "")];
    const { documents } = answer;
    /** @type {(cell: (document: number) => string) => string} */
    const each = (cell) => documents.map(cell).join(" | ");
    const found = isFound(answer);
    return [
      ...own,
      this.outcome(answer),
      this.note(line, answer),
      each((one) => this.numbers(one).join(words.list_comma)),
      each((one) => this.index.title(one, this.language)),
      found ? text(this.since(documents[0]).filter((one) => !(one instanceof Element && one.matches(".bas-check-days")))) : "",
      found ? this.days(documents[0]) : "",
      found ? text(this.state(documents[0])) : "",
      each((one) => this.index.data.paths[one].split("/")[1]),
      each((one) => this.address(one)),
    ];
  }
}

/**
 * The language of what somebody pasted, as far as its letters tell.
 * @param {string} text
 */
function langOf(text) {
  return /\p{Script=Han}/u.test(text) ? "zh" : "en";
}
