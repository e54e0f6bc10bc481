/** The result of a check: what was found in all, a table of the lines, and the same as a copy, a file, a record on paper. */
import { counted, create } from "../elements.js";
import { elsewhere } from "../missing.js";
import { setAddress } from "../set.js";
import { copy } from "../sharing.js";
import { isFound } from "./lines.js";
import { copyTable, csvOf, saved } from "./record.js";
import { Rows } from "./rows.js";

/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./lines.js").Answer} Answer */

/** What is told of answers, in the order in which it is told. */
const OUTCOMES = /** @type {const} */ (["listed", "other", "perhaps", "missing"]);
/** Rows that are shown at first, and that more are shown at a time. */
const STEP = 200;

/** What was found. */
export class Result {
  /**
   * @param {HTMLElement} section
   * @param {Record<string, string>} words
   */
  constructor(section, words) {
    this.words = words;
    this.heading = /** @type {HTMLElement} */ (section.querySelector("h2"));
    this.status = /** @type {HTMLElement} */ (section.querySelector("[role=status]"));
    this.day = /** @type {HTMLElement} */ (section.querySelector(".bas-check-day"));
    this.version = /** @type {HTMLElement} */ (section.querySelector("a.bas-code"));
    this.record = /** @type {HTMLElement} */ (section.querySelector("div"));
    this.body = create("div", {});
    this.record.append(this.body);
    /** @type {Line[]} */
    this.lines = [];
    /** @type {import("./lines.js").Answer["outcome"] | "hearsay" | "ended" | ""} */
    this.shown = "";
    addEventListener("beforeprint", () => this.fill(Infinity));
  }

  /**
   * Take what is needed to tell of answers, when it has come.
   * @param {import("./lines.js").Checker} checker
   * @param {Record<string, string>} words
   * @param {URL} root the address of the site
   */
  begin(checker, words, root) {
    this.words = words;
    this.root = root;
    this.rows = new Rows(checker, words, new URL(`${checker.language}/`, root), () => this.update());
  }

  /** Show nothing. */
  clear() {
    this.heading.hidden = this.record.hidden = true;
    this.say("");
  }

  /**
   * @param {string} words
   */
  say(words) {
    this.status.textContent = words;
  }

  /**
   * Show what was found of `lines`.
   * @param {Line[]} lines
   * @param {boolean} isCut whether there were more
   */
  show(lines, isCut) {
    this.lines = lines;
    this.isCut = isCut;
    this.shown = "";
    this.table = undefined;
    // By the clock of the reader, as the words beside it say.
    const now = new Date();
    this.day.textContent = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16).replace("T", " ");
    const checked = lines.filter((line) => line.answers.length);
    this.heading.hidden = this.record.hidden = !checked.length;
    if (checked.length) this.update();
    else this.say(this.words.checked_nothing);
  }

  /** The answers, with their lines. */
  get answers() {
    return this.lines.flatMap((line) => line.answers.map((answer) => ({ line, answer })));
  }

  /** Show the answers as they are now: the reader may have confirmed some. */
  update() {
    const { words, rows } = this;
    if (!rows) return;
    const { answers } = this;
    rows.number(this.lines);
    const counts = OUTCOMES.map((name) => ({ name, count: answers.filter(({ answer }) => answer.outcome === name).length }));
    const ended = answers.filter(({ answer }) => rows.isEnded(answer));
    const found = counts.filter(({ count }) => count).map(({ name, count }) => words[`checked_sum_${name}`].replace("#", String(count)));
    const hearsay = answers.filter(({ answer }) => rows.isHearsay(answer));
    const low = hearsay.length ? words.checked_and_hearsay.replace("#", String(hearsay.length)) : "";
    const past = ended.length ? words.checked_and_ended.replace("#", String(ended.length)) : "";
    this.say(this.total() + words.colon + found.join(words.list_comma) + low + past);
    // As far as the reader had come.
    const count = Math.max(STEP, this.table?.tBodies[0].rows.length ?? 0);
    this.table = rows.table();
    this.more = create("button", { type: "button", class: "bas-more-rows" }, words.checked_more);
    this.more.addEventListener("click", () => this.fill((this.table?.tBodies[0].rows.length ?? 0) + STEP));
    this.body.replaceChildren(
      ...this.leftOut(),
      ...this.outOfForce(ended),
      ...this.absent(answers),
      this.filters([
        ...counts,
        { name: /** @type {const} */ ("hearsay"), count: hearsay.length },
        { name: /** @type {const} */ ("ended"), count: ended.length },
      ]),
      this.ways(),
      this.table,
      this.more,
    );
    this.fill(count);
  }

  /** How many lines were checked, and how many answers there are where these are more. */
  total() {
    const { words } = this;
    const lines = this.lines.filter((line) => line.answers.length).length;
    const said = counted(lines, { one: words.checked_lines_one, other: words.checked_lines_other });
    const count = this.answers.length;
    return count > lines ? said + words.checked_entries.replace("#", String(count)) : said;
  }

  /** What was left out. */
  leftOut() {
    const { words } = this;
    const empty = this.lines.filter((line) => !line.text).length;
    const others = this.lines.filter((line) => line.text && !line.answers.length).map((line) => line.number);
    const named = runs(others).join(words.list_comma);
    const sentences = [
      empty && words.checked_left_empty.replace("#", String(empty)),
      others.length && words.checked_left_other.replace("#", String(others.length)).replace("#", named),
      this.isCut && words.checked_left_long,
    ].filter(Boolean);
    return sentences.length ? [create("p", { class: "bas-note" }, sentences.join(words.space))] : [];
  }

  /**
   * Those that are no longer in force, first of all.
   * @param {{line: Line, answer: Answer}[]} ended
   */
  outOfForce(ended) {
    const { words, rows } = this;
    if (!ended.length || !rows) return [];
    const items = ended.slice(0, STEP).map(({ line, answer }) => {
      const [standard] = answer.documents;
      const where = words.checked_line.replace("#", String(line.number)) + words.colon;
      return create("li", {}, where, ...rows.named(standard), " ", ...rows.state(standard));
    });
    return [create("div", { class: "bas-check-ended" }, create("h3", {}, words.checked_ended), create("ul", {}, ...items))];
  }

  /**
   * What it means that something is not recorded here, and where to look for it.
   * @param {{line: Line, answer: Answer}[]} answers
   */
  absent(answers) {
    const { words } = this;
    const missing = answers.filter(({ answer }) => answer.outcome === "missing").map(({ line, answer }) => answer.named ?? line.text);
    if (!missing.length) return [];
    const meaning = `${words.checked_missing}${words.colon}${words.missing_sentence}${words.space}${words.checked_missing_means}`;
    return [create("p", { class: "bas-note" }, meaning), elsewhere(words, missing.join("\n"), words.checked_copy_missing)];
  }

  /**
   * Buttons that show the answers of one kind alone.
   * @param {{name: Result["shown"], count: number}[]} kinds
   */
  filters(kinds) {
    const { words } = this;
    const all = { name: /** @type {const} */ (""), count: this.answers.length };
    const buttons = [all, ...kinds.filter(({ count }) => count)].map(({ name, count }) => {
      const pressed = String(name === this.shown);
      const button = create("button", { type: "button", "aria-pressed": pressed }, words[`checked_${name || "all"}`], " ");
      button.append(create("span", { class: "bas-count" }, String(count)));
      button.addEventListener("click", () => {
        this.shown = name;
        for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
        this.table?.tBodies[0].replaceChildren();
        this.fill(STEP);
      });
      return button;
    });
    return create("div", { class: "bas-check-filter", role: "group", "aria-label": words.checked_show }, ...buttons);
  }

  /** What can be done with the result. */
  ways() {
    const { words, rows } = this;
    const found = this.answers.filter(({ answer }) => isFound(answer));
    const documents = [...new Set(found.map(({ answer }) => answer.documents[0]))];
    const listed = (rows?.index.data.paths ?? []).slice(0, rows?.index.standards).map((path) => path.split("/")[1]);
    const set = setAddress(documents.map((one) => listed[one]), listed);
    /** @type {(name: string, act: () => void) => HTMLButtonElement} */
    const button = (name, act) => {
      const one = create("button", { type: "button" }, words[`checked_${name}`]);
      one.addEventListener("click", act);
      return one;
    };
    const ways = [
      button("copy", () => copyTable(this.records(), words.checked_copied)),
      button("csv", () => saved(csvOf(this.records()), `${words.checked_file_name}-${this.day.textContent?.slice(0, 10)}.csv`)),
      button("print", () => print()),
    ];
    if (documents.length) {
      ways.push(button("link", () => copy(new URL(set, this.root).href)));
      const see = create("a", { href: new URL(set, rows?.home).href }, words.checked_see);
      return create("p", { class: "bas-check-ways" }, ...ways, see);
    }
    return create("p", { class: "bas-check-ways" }, ...ways);
  }

  /** All lines as rows of texts, each with the time of the check and the version of the list, as an auditor files them. */
  records() {
    const { words, rows } = this;
    const [headings, ...records] = rows?.records(this.lines) ?? [];
    const own = [this.day.textContent ?? "", this.version.textContent ?? ""];
    return [[...headings, words.check_day, words.letter_version], ...records.map((record) => [...record, ...own])];
  }

  /**
   * Show the first `count` rows of those that are asked for.
   * @param {number} count
   */
  fill(count) {
    const { rows, table, more, shown } = this;
    if (!rows || !table || !more) return;
    /** @param {Answer} answer */
    const isShown = (answer) => {
      if (shown === "hearsay") return rows.isHearsay(answer);
      return shown === "ended" ? rows.isEnded(answer) : !shown || answer.outcome === shown;
    };
    const wanted = this.answers.filter(({ answer }) => isShown(answer));
    const body = table.tBodies[0];
    body.append(...wanted.slice(body.rows.length, count).map(({ line, answer }) => rows.row(line, answer)));
    more.hidden = body.rows.length === wanted.length;
    const caption = /** @type {HTMLTableCaptionElement} */ (table.caption);
    caption.textContent = shown ? rows.words[`checked_sum_${shown}`].replace("#", String(wanted.length)) : this.total();
  }
}

/**
 * Ascending `numbers`, those that follow each other as one: `1–3`.
 * @param {number[]} numbers
 */
function runs(numbers) {
  const starts = numbers.filter((one, n) => one - 1 !== numbers[n - 1]);
  const ends = numbers.filter((one, n) => one + 1 !== numbers[n + 1]);
  return starts.map((start, n) => (start === ends[n] ? String(start) : `${start}–${ends[n]}`));
}
