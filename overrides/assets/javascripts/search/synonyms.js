/** What people mean by a word that is not the record's: words that mean the same, narrower ones, pages. */
import { Found, IN_TITLE, meaningful, NONE } from "./engine.js";
import { HAN } from "./folding.js";

/** @typedef {import("./engine.js").Index} Index */
/**
 * What a query looks for: by document how it is held, how many hold it, what it tells.
 * @typedef {{qualities: Uint8Array, size: number, weight: number}} Unit
 */

/**
 * A part of a query: the text, with the words that are meant by it, and the place of the page that it leads to, if any.
 * @typedef {{text: string, others: string[], page: number}} Part
 */

const NO_PAGE = -1;

/** The table of words, folded. */
export class Synonyms {
  /**
   * @param {import("./engine.js").IndexData["synonyms"]} groups
   * @param {import("./folding.js").Folding} folding
   */
  constructor(groups, folding) {
    this.groups = groups;
    this.lines = folding.lines(groups.flatMap(([standing, others, see]) => [standing, others, see])).split("\n");
    /** @type {Map<string, number>} Each word that is looked for, and the place of its group. */
    this.places = new Map();
    this.longest = 0;
    for (let n = 0; n < groups.length; n++) {
      for (const word of [...this.words(3 * n), ...this.words(3 * n + 1)]) {
        this.places.set(word, n);
        this.longest = Math.max(this.longest, word.length);
      }
    }
  }

  /** @param {number} line */
  words(line) {
    return this.lines[line].split("\t").filter(Boolean);
  }

  /**
   * A `text` that is a word of the table or its plural, with what it means.
   * @param {string} text
   * @returns {Part | undefined}
   */
  part(text) {
    const n = this.places.get(text) ?? this.places.get(text.replace(/s$/, ""));
    if (n === undefined) return undefined;
    const wanted = [...this.words(3 * n), ...this.words(3 * n + 2)];
    return { text, others: wanted.filter((other) => other !== text), page: this.groups[n][3] };
  }

  /**
   * `phrase` as the words of the table in it, the longest first, with what tells something between them.
   * @param {string} phrase
   * @returns {Part[]}
   */
  split(phrase) {
    /** @type {Part[]} */
    const parts = [];
    let start = 0;
    /** @param {number} end */
    const addText = (end) => {
      const text = meaningful(phrase.slice(start, end).split(" ").filter(Boolean)).join(" ");
      if (text) parts.push({ text, others: [], page: NO_PAGE });
    };
    for (let at = 0; at < phrase.length; at++) {
      const part = this.partAt(phrase, at);
      if (!part) continue;
      addText(at);
      parts.push(part);
      start = at + part.text.length;
      at = start - 1;
    }
    addText(phrase.length);
    return parts;
  }

  /**
   * The longest word of the table that stands in `phrase` at the place `at`.
   * @param {string} phrase
   * @param {number} at
   */
  partAt(phrase, at) {
    if (isInWord(phrase, at)) return undefined;
    for (let end = Math.min(phrase.length, at + this.longest + 1); end > at; end--) {
      const part = this.part(phrase.slice(at, end));
      if (part && !isInWord(phrase, end)) return part;
    }
    return undefined;
  }
}

/**
 * Whether a word of letters goes on over the place `at`.
 * @param {string} phrase
 * @param {number} at
 */
function isInWord(phrase, at) {
  return [phrase[at - 1], phrase[at]].every((character) => character > " " && !HAN.test(character));
}

/**
 * What the words of a query mean: what is looked for in the place of each, and the pages that they lead to.
 * A word that leads to a page says nothing of a standard, where other words do.
 * @param {Index} index
 * @param {string} phrase the whole query, folded
 * @param {string[]} words of it
 * @returns {Part[]}
 */
export function meant(index, phrase, words) {
  const whole = index.synonyms.part(phrase);
  if (whole) return [whole];
  const text = words.join(" ");
  const parts = index.synonyms.split(text);
  const pages = parts.filter((part) => part.page !== NO_PAGE);
  // Beside a page, a character or two letters tell nothing, unless a title has them.
  const others = parts.filter((part) => {
    const isLong = part.text.length > (HAN.test(part.text) ? 1 : 2);
    return part.page === NO_PAGE && (!pages.length || isLong || isInTitle(index, part));
  });
  if (others.length) return others;
  return pages.length ? pages : [{ text, others: [], page: NO_PAGE }];
}

/**
 * @param {Index} index
 * @param {Part} part
 */
function isInTitle(index, part) {
  return unitsOfPart(index, part).some((unit) => unit.qualities.includes(IN_TITLE));
}

/**
 * Tier `synonym`: what is meant by the query as a whole, the whole titles first.
 * @param {Index} index
 * @param {Part[]} parts
 * @param {number} tier
 * @param {Found} found
 */
export function findSynonyms(index, parts, tier, found) {
  for (const { page } of parts) if (page !== NO_PAGE) found.add(page, tier, 1);
  if (parts.length > 1) return;
  parts[0]?.others.forEach((other, n) => {
    const named = new Found(index);
    index.findPhrase(other, named);
    for (const document of named.ranked()) {
      const name = named.name(document);
      if (!holdsWhole(index.folding.text(name), other)) continue;
      found.add(document, tier, -named.tiers[document] - n / 100, named.matched[document]);
      if (named.otherNames.has(document) && !found.otherNames.has(document)) found.otherNames.set(document, name);
    }
  });
}

/**
 * Whether `word` stands in `text`, and as no part of a longer one: no car in care.
 * @param {string} text
 * @param {string} word
 */
function holdsWhole(text, word) {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (isWhole(text, at, word)) return true;
  return false;
}

/**
 * Whether the `word` that stands in `text` at the place `at` is no part of a longer one, but for an s at its end.
 * @param {string} text
 * @param {number} at
 * @param {string} word
 */
function isWhole(text, at, word) {
  const end = at + word.length;
  return !isInWord(text, at) && !isInWord(text, end + Number(text[end] === "s"));
}

/**
 * What is looked for in the place of `part`: its own words, or whatever of its meaning something holds.
 * @param {Index} index
 * @param {Part} part
 * @returns {Unit[]}
 */
export function unitsOfPart(index, { text, others }) {
  if (!others.length) return index.folding.words(text).flatMap((word) => index.unitsOf(word));
  const units = [text, ...others].map((one) => index.folding.words(one).map((word) => wholeWord(index, word)));
  return [together(units.map((one) => together(one, Math.max)), Math.min)];
}

/**
 * Which documents hold `word`, of letters as a whole.
 * @param {Index} index
 * @param {string} word
 * @returns {Unit}
 */
function wholeWord(index, word) {
  if (HAN.test(word)) return index.holding(word);
  const qualities = index.qualitiesOf(word, (text, at) => isWhole(text, at, word));
  return asUnit(qualities, (size) => Math.log(1 + index.count / Math.max(1, size)));
}

/**
 * Several units as one, which a document holds as the worst of them, by `chosen` the largest, or as the best.
 * @param {Unit[]} units
 * @param {typeof Math.min} chosen
 * @returns {Unit}
 */
function together(units, chosen) {
  const qualities = units[0].qualities.map((_, document) => chosen(...units.map((unit) => unit.qualities[document])));
  // The rarest of words that all must be there tells most, the commonest of those of which one must.
  return asUnit(qualities, () => chosen(...units.map((unit) => unit.weight)));
}

/**
 * @param {Uint8Array} qualities by document
 * @param {(size: number) => number} weight what the word tells, by how many hold it
 * @returns {Unit}
 */
function asUnit(qualities, weight) {
  const size = qualities.reduce((sum, quality) => sum + Number(quality !== NONE), 0);
  return { qualities, size, weight: weight(size) };
}
