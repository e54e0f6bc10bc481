/** What each line of somebody's own list names: standards of the list, perhaps some, or none that is recorded here. */
import { foldedNumber } from "../search/folding.js";
import { TIERS } from "../search/engine.js";
import { FOREIGN } from "../search/numbers.js";
import { Titles } from "./titles.js";

/** @typedef {import("../search/engine.js").Index} Index */
/** @typedef {import("../choice.js").Language} Language */

/**
 * @typedef {object} Answer
 * @property {"listed" | "other" | "perhaps" | "missing"} outcome
 * @property {number[]} documents the standard; of `perhaps` the nearest, the best first
 * @property {string} [note] what is to be said of it: the end of a label that begins with `checked_note_`
 * @property {string} [named] the name or number that the note is about
 */
/** @typedef {{number: number, text: string, answers: Answer[]}} Line a line that was checked, counted from 1 */
/** @typedef {{text: string, documents: number[]}} Mention a number in a line, and the standards that have it */

const MOST = 3;
/** How alike a title must be to be offered, and to be taken for that of a number. */
const NEAR = 0.45;
const ALIKE = 0.2;
/** Characters of a line beyond which it is running text. */
const LONG = 80;
/** Numbers of which the first alone has its letters, such as T/GBAS 6-2022、7-2022; a month, 2022-11, is none. */
const SERIES = /([a-z]+(?:\/[a-z]+)? ?)\d{1,4} ?[-—–] ?\d{1,4}(?: ?(?:[、,，;；/]|及|和|与|與|and) ?(?!(?:19|20)\d{2}\D)\d{1,4} ?[-—–] ?\d{1,4}(?![\d-]))+/gi;
/** A number of the list without its letters. */
const BARE = /^\d{1,2} ?[-—–] ?\d{1,3}$/;
const ORDINAL = /^\s*(?:[•·▪●*–—-]\s*|[(（[【]?\d{1,4}(?:[)）\]】.、．:：]\s*|\s+)|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]\s*)/;
const LETTER = /\p{L}/u;
const QUOTED = /[《「『“]([^》」』”]+)[》」』”]/g;
const SENTENCE = /[。；！？]|[.;!?](?:\s|$)/;
/** What stands between titles in one cell: signs, spaces, the change from one writing to another. */
const BETWEEN = [/[;；、,，|/]/, /\s+/, /(?<=[\u3400-\u9fff]\)?)[\s/|(]*(?=[a-z])|(?<=[a-z]\)?)[\s/|(]*(?=[\u3400-\u9fff])/i];
/** What only a title of a standard ends or begins with. */
const TITLE = /(?:规范|規範|规程|規程|要求|指南|指引|导则|導則|通则|通則|方法|术语|術語)\s*[》」]?\s*$|^\s*(?:specification|guid|requirement|technical|general|test|code)/i;
/** What is said of a title that is not the one in the language of the page, and of a part of a line.
 * @type {Record<string, string>} */
const NOTES = { "zh-Hans": "simplified", "zh-Hant": "traditional", en: "english", name: "name", perhaps: "part", missing: "absent" };
/** Words that stand above a column. */
const HEADINGS = new Set(
  `no number code title name item standard standards status remarks field publisher index sn serialno serialnumber standardno standardnumber standardcode
  standardtitle standardname designation listidentifier listno date page of total subtotal quantity year na none yes ditto true false
  序号 编号 号码 代号 名称 标准 标准号 标准编号 标准代号 标准号码 标准名称 中文名称 英文名称 标准中文名称 标准英文名称
  清单 识别号 清单识别号 清单编号 状态 标准状态 备注 领域 发布单位 发布机构 日期 发布日期 实施日期 编制日期 编制人 制表人
  审核人 项目 项次 类别 批次 年份 年代号 数量 单价 金额 合计 总计 小计 共计 第 页 共 项 无 略 同上 是 否 现行 有效 废止 作废 附件 sep`.split(/\s+/),
);
/** The name of a table of standards, such as 湾区标准清单（第一批）. */
const TABLE = /标准(?:清单|目录|名录|一览表|汇总表|明细表|列表)(?:第.{1,3}[批版])?$/;

/** Finds the standards that lines name. */
export class Checker {
  /**
   * @param {Index} index
   * @param {Language} language that of the page
   */
  constructor(index, language) {
    this.index = index;
    this.language = language;
    this.titles = new Titles(index);
    /** @type {Map<string, Answer[]>} Equal lines are checked once. */
    this.known = new Map();
  }

  /**
   * What a line names: nothing where it is left out, as a heading, a figure or text that names none.
   * @param {string} line
   */
  answers(line) {
    const text = line.replace(/^\s*[①-⒇㈠-㈩]/, "").trim();
    let answers = this.known.get(text);
    if (!answers) this.known.set(text, (answers = this.isHeading(text) ? [] : this.read(text)));
    return answers;
  }

  /** @param {string} text */
  isHeading(text) {
    const { parts, headings } = this.headings(text);
    return parts.length === headings.length || TABLE.test(this.index.folding.text(text));
  }

  /**
   * The parts of a line, without figures, and those of them that stand above columns.
   * @param {string} text
   */
  headings(text) {
    const parts = text.split(/[\s,，;；:：、/|]+/).filter((part) => !/^(?:\d*\.?|#?[a-z])$/i.test(part));
    const headings = parts.filter((part) => HEADINGS.has(this.index.folding.text(part).replace(/[\d ]/g, "")));
    return { parts, headings };
  }

  /**
   * @param {string} text
   * @returns {Answer[]}
   */
  read(text) {
    const whole = this.titles.having(text);
    if (whole.length) return [this.byTitle(text, whole)];
    const { mentions, rest } = this.numbers(text);
    const titles = this.exact(rest);
    if (mentions.length) return this.byNumbers(mentions, titles, rest);
    if (titles.length) return distinct(titles.flatMap((title) => this.byPart(title, isRunning(text))));
    return this.byLikeness(text);
  }

  /**
   * What a part of a line names. Not each part of running text is meant for a standard.
   * @param {string} part
   * @param {boolean} isWithinText
   * @returns {Answer[]}
   */
  byPart(part, isWithinText) {
    const documents = this.titles.having(part);
    if (documents.length) return [this.byTitle(part, documents)];
    const answers = this.byLikeness(part).map((one) => ({ ...one, note: one.note ?? NOTES[one.outcome], named: part.trim() }));
    return answers.filter(({ outcome }) => !(isWithinText && outcome === "missing"));
  }

  /**
   * The numbers in `line`, and what remains without them.
   * @param {string} line
   */
  numbers(line) {
    const { numbers } = this.index;
    const text = line.replace(SERIES, (written, letters) =>
      numbers.isOwn(letters) ? written.replace(/\d+ ?[-—–]/g, (one, at) => (at > letters.length ? letters + one : one)) : written,
    );
    /** @type {Mention[]} */
    const mentions = [];
    let rest = "";
    let at = 0;
    for (const { start, end, documents, text: written } of numbers.mentions(text)) {
      const standards = documents.filter((one) => one < this.index.standards);
      // The address of a field names no standard, nor do figures that may be an amount or a day.
      if ((documents.length && !standards.length) || !(LETTER.test(written) || BARE.test(written))) continue;
      mentions.push({ text: written, documents: standards });
      rest += `${text.slice(at, start)}\t`;
      at = end;
    }
    rest += text.slice(at);
    rest = rest.normalize("NFKC").replace(FOREIGN, (written) => {
      mentions.push({ text: written, documents: [] });
      return "\t";
    });
    return { mentions, rest };
  }

  /**
   * The parts of `text` that are titles: itself, its cells, what it quotes; or all that it lists, of which most are.
   * @param {string} text
   * @returns {string[]}
   */
  exact(text) {
    /** @param {string} part */
    const isTitle = (part) => this.titles.having(part).length > 0;
    const cells = [text, ...text.split("\t")].flatMap((cell) => [cell, cell.replace(ORDINAL, "")]);
    const quoted = [...text.matchAll(QUOTED)].map(([, words]) => words);
    const titles = [...new Set([...cells, ...quoted])].filter(isTitle);
    if (titles.length) return titles;
    const lists = BETWEEN.map((sign) => text.replace(ORDINAL, "").split(sign).filter((one) => LETTER.test(one)));
    const [items] = lists;
    const all = lists.find((list) => list.length > 1 && list.every(isTitle));
    return all ?? (items.filter(isTitle).length > 1 ? items : []);
  }

  /**
   * @param {string} title
   * @param {number[]} documents those that have it, at least one
   * @returns {Answer}
   */
  byTitle(title, documents) {
    if (documents.length > 1) return { outcome: "perhaps", documents: documents.slice(0, MOST), note: "several" };
    const whose = this.titles.whose(documents[0], title, this.language);
    return whose ? { outcome: "other", documents, note: NOTES[whose], named: title.trim() } : { outcome: "listed", documents };
  }

  /**
   * @param {Mention[]} mentions
   * @param {string[]} titles those that stand beside them
   * @param {string} rest
   * @returns {Answer[]}
   */
  byNumbers(mentions, titles, rest) {
    const named = [...new Set(titles.flatMap((title) => this.titles.having(title)))];
    const answers = distinct(mentions.map((mention) => this.byNumber(mention)));
    const documents = answers.flatMap((one) => one.documents);
    const strangers = named.filter((one) => !documents.includes(one));
    const sure = answers.filter(isFound);
    const absent = answers.find((one) => one.outcome === "missing");
    // A number of a kind that nothing states of the standard beside it.
    if (absent?.named && sure.length === 1 && answers.length === 2 && !strangers.length && this.lacks(documents[0], absent.named)) {
      return [{ ...sure[0], note: "unrecorded", named: absent.named }];
    }
    if (answers.length > 1) return [...answers, ...strangers.map((one) => this.byTitle(this.index.title(one, this.language), [one]))];
    const [answer] = answers;
    if (strangers.length) {
      const note = answer.documents.length ? "differ" : "title";
      return [{ outcome: "perhaps", documents: [...documents, ...strangers].slice(0, MOST), note, named: answer.named }];
    }
    if (sure.length && TITLE.test(rest) && rest.length < LONG && this.titles.nearness(documents[0], rest) < ALIKE) {
      return [{ outcome: "perhaps", documents, note: "differ" }];
    }
    return answers;
  }

  /**
   * @param {Mention} mention
   * @returns {Answer}
   */
  byNumber({ text, documents }) {
    const named = text.trim();
    const form = foldedNumber(named);
    if (documents.length > 1) return { outcome: "perhaps", documents: documents.slice(0, MOST), note: "several", named };
    if (!documents.length) {
      // The same number of another year, perhaps.
      const [edition] = this.index.numbers.mentions(named.normalize("NFKC").replace(/\D*(?:19|20)\d{2}\D*$/, ""));
      const editions = edition?.documents ?? [];
      if (editions.length) return { outcome: "perhaps", documents: editions.slice(0, MOST), note: "year", named };
      return { outcome: "missing", documents, named };
    }
    const forms = this.index.numbers.forms.line(documents[0]).split("\t");
    const isUndated = !forms.includes(form) && forms.some((one) => withoutYear(one) === form);
    return isUndated ? { outcome: "other", documents, note: "undated", named } : { outcome: "listed", documents };
  }

  /**
   * Whether nothing states a number of the kind of `number` of the standard `document`. One with a slash is a
   * designation.
   * @param {number} document
   * @param {string} number
   */
  lacks(document, number) {
    return !this.index.data.numbers[document].split("\n").some((one) => one && one.includes("/") === number.includes("/"));
  }

  /**
   * What comes nearest to `text`, which has neither a number nor a title.
   * @param {string} text
   * @returns {Answer[]}
   */
  byLikeness(text) {
    if (!LETTER.test(text)) return [];
    const within = this.titles.within(text, isRunning(text));
    if (within.length) return distinct(within.map((documents) => ({ outcome: "perhaps", documents: documents.slice(0, MOST), note: "within" })));
    const { parts, headings } = this.headings(text);
    if (isRunning(text) || (headings.length > 1 && headings.length * 2 >= parts.length)) return [];
    const cells = text.split("\t").map((cell) => cell.replace(ORDINAL, "").replace(QUOTED, "$1").trim());
    const longest = cells.sort((a, b) => b.length - a.length)[0];
    const documents = this.nearest(longest);
    return [documents.length ? { outcome: "perhaps", documents } : { outcome: "missing", documents }];
  }

  /**
   * The standards that the search finds for `words` and that a person would take for them.
   * @param {string} words
   */
  nearest(words) {
    const found = this.index.search(words);
    const ranked = found.ranked().filter((one) => one < this.index.standards);
    const best = found.tiers[ranked[0]];
    const group = ranked.filter((one) => found.tiers[one] === best);
    if (group.length && TIERS[best] !== "some" && group.length <= MOST) return group;
    const near = ranked
      .slice(0, 20)
      .map((one) => ({ one, nearness: this.titles.nearness(one, words) }))
      .filter(({ nearness }) => nearness >= NEAR)
      .sort((a, b) => b.nearness - a.nearness)
      .slice(0, MOST)
      .map(({ one }) => one);
    return near.length ? near : this.titles.misspelt(words).slice(0, MOST);
  }
}

/**
 * Whether `text` is more than a line of a list.
 * @param {string} text
 */
function isRunning(text) {
  return text.length > LONG || SENTENCE.test(text);
}

/**
 * Whether a standard is found for sure.
 * @param {Answer} answer
 */
export function isFound({ outcome }) {
  return outcome === "listed" || outcome === "other";
}

/**
 * `answers`, each standard once.
 * @param {Answer[]} answers
 */
function distinct(answers) {
  /** @type {Map<string, Answer>} */
  const known = new Map();
  for (const one of answers) {
    const key = one.documents.join() || one.named || "";
    // That it is named by its whole number decides.
    if (known.get(key)?.outcome !== "listed") known.set(key, one);
  }
  return [...known.values()];
}

/**
 * A folded number without its year.
 * @param {string} form
 */
function withoutYear(form) {
  return form.replace(/(?<= \d+) (?:19|20)\d{2}$/, "");
}
