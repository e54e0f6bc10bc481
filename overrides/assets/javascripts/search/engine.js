/** Finds standards, fields, batches, organisations and prose by whatever a person types, in plain tiers. */
import { LANGUAGES } from "../choice.js";
import { Folding, HAN } from "./folding.js";
import { isLike } from "./likeness.js";
import { isLetter, isWord, Lines } from "./lines.js";
import { FOREIGN, Numbers } from "./numbers.js";
import { Spoken } from "./sounds.js";
import { findSynonyms, meant, Synonyms, unitsOfPart } from "./synonyms.js";

/**
 * What the generator writes into search.json: a column a list, with one entry a document, standards first.
 * @typedef {object} IndexData
 * @property {[kind: string, count: number][]} kinds runs of documents of one kind
 * @property {string[]} paths where each document lies below a language, such as `standards/wq-1-10/`
 * @property {string[]} zh-Hans titles
 * @property {string[]} zh-Hant titles; "" where it is the Simplified one
 * @property {string[]} en likewise
 * @property {Record<import("../choice.js").Language, number[]>} untitled the standards whose title is the Simplified one,
 *   as there is none in the language yet
 * @property {string[]} names other names by which it is found, in any language, a line each
 * @property {string[]} words what else is said of it, in any language, a line each
 * @property {string[]} numbers of a standard: list identifier and designation, a line each
 * @property {string} forms a line a standard: what its numbers are found by, each between tabs
 * @property {number[][]} fields of a standard: the places of those documents, the principal one first
 * @property {number[]} batch of a standard: the place of that document; -1 for none
 * @property {number[]} derived the standards whose batch follows from dates
 * @property {number[]} hearsay the standards that nothing better than hearsay states to be listed
 * @property {Record<number, number[]>} successors the standards that supersede a standard
 * @property {number[]} publisher of a standard: the place of that document; -1 for none
 * @property {string[]} status of a standard: one of `statuses`
 * @property {string[]} route of a standard: one of `routes`, or ""
 * @property {string[]} statuses every status there is
 * @property {string[]} routes every route there is
 * @property {number[]} new the standards that are new here
 * @property {number[]} year of a standard: when it was announced; 0 where that is not known
 * @property {string} variants pairs of a character, Traditional or regional, and its form
 * @property {[standing: string, others: string, see: string, page: number][]} synonyms groups of words, a line each:
 *   those that mean the same and stand somewhere, those that stand nowhere, those that are meant too; then the place of
 *   the document that they lead to, -1 for none
 * @property {Record<string, number>} moved each address that a standard had before, and its place
 * @property {import("./sounds.js").Sounds} pinyin how the Simplified titles sound in Mandarin
 * @property {import("./sounds.js").Sounds} jyutping how the Traditional titles sound in Cantonese
 */

/** @typedef {(document: number, quality: number) => void} AddQuality takes a document, and how it holds a word */
/** @typedef {{titles: number[], told: number[]}} Holders the documents that have a word in a title, or elsewhere */

export const TIERS = [
  "number", // the whole number
  "number start",
  "title", // the whole title, in any language
  "title start",
  "title part",
  "name", // another name
  "synonym", // a title or name of what the words mean too, or with a word that begins so
  "sound", // Mandarin or Cantonese, whole or by initials
  "words", // every word stands somewhere in the record
  "like", // a word has another ending or a wrong letter
  "some", // some of the words
];
/** @type {Record<string, number>} The place of each tier. */
const TIER = Object.fromEntries(TIERS.map((name, n) => [name, n]));
/** The tiers within which a score decides before the list's order. */
const SCORED = [TIER.number, TIER.synonym, TIER.sound, TIER.words, TIER.like, TIER.some];
/** Characters of the longest text in which numbers are looked for, and of that which is searched as words. */
const [LONGEST, LONGEST_WORDS] = [2000, 200];
const NEAREST = 5;

/** Words that say nothing about which standard is meant. */
const EMPTY_WORDS = new Set(
  "a an the of for in on to and or about with is are be what which who where when how do does i we you it its this that there one have has any anything something please want find look looking can should must my no number copy standard standards guideline specification".split(" "),
);
const EMPTY_HAN =
  /请问|想问|我想|想找|想搵|查下|搵|有冇|冇|系咩|系乜|系咪|系边|咩|乜|点样|几时|边个|边度|可唔可以|唔该|咗未|咗|嘅|什么|怎么样|怎么|怎样|如何|哪些|哪个|有没有|有关|关于|湾区标准|的标准|标准编?号|编号|标准|规定|复制|符合|按照|在哪里|哪里|应该|可以|需要|要求|查询|查|找|的|了|吗|呢|是|有|和|与|及|在|要|我/g;

export const NONE = 255;
const OTHER_NAME = LANGUAGES.length;

/** What one query found. */
export class Found {
  /** @param {Index} index */
  constructor(index) {
    this.index = index;
    this.tiers = new Uint8Array(index.count).fill(NONE);
    this.scores = new Float32Array(index.count);
    /** Which title matched, by its place in LANGUAGES, or OTHER_NAME. */
    this.matched = new Uint8Array(index.count).fill(NONE);
    /** @type {Map<number, string>} */
    this.otherNames = new Map();
    /** @type {string[]} The words of the query that tell something, folded; a number is none. */
    this.words = [];
    /** @type {string[]} The numbers of the query that are not on the list. */
    this.missing = [];
    /** Whether the query names such a number, and none that is there. */
    this.numberIsMissing = false;
    /** Whether what was found are only the numbers nearest to those. */
    this.areNearest = false;
  }

  /**
   * Note that `document` was found in `tier`, unless a better tier has it.
   * @param {number} document
   * @param {number} tier
   * @param {number} score
   * @param {number} matched
   */
  add(document, tier, score = 0, matched = NONE) {
    const known = this.tiers[document];
    if (tier > known || (tier === known && score <= this.scores[document])) return;
    this.tiers[document] = tier;
    this.scores[document] = score;
    this.matched[document] = matched;
  }

  /** The documents, the best first. */
  ranked() {
    /** @type {number[][]} */
    const byTier = TIERS.map(() => []);
    for (let document = 0; document < this.tiers.length; document++) byTier[this.tiers[document]]?.push(document);
    for (const tier of SCORED) byTier[tier].sort((a, b) => this.scores[b] - this.scores[a] || a - b);
    return byTier.flat();
  }

  /**
   * The title or other name by which `document` was found; '' where it was found otherwise.
   * @param {number} document
   * @returns {string}
   */
  name(document) {
    const matched = this.matched[document];
    if (matched === NONE) return "";
    return matched === OTHER_NAME ? (this.otherNames.get(document) ?? "") : this.index.title(document, LANGUAGES[matched]);
  }
}

/** The index, ready to be searched. */
export class Index {
  /** @type {Lines | undefined} What is told of each document beside its titles. */
  told;

  /** @type {Map<number, number[]>} A field, batch or publisher → the standards that belong to it. */
  members = new Map();

  /** @type {Map<string, Holders> | undefined} */
  vocabulary;

  /** @type {Spoken[] | undefined} The titles in Mandarin and in Cantonese. */
  spoken;

  /** @param {IndexData} data */
  constructor(data) {
    this.data = data;
    this.folding = new Folding(data.variants);
    this.count = data.paths.length;
    this.kinds = data.kinds.flatMap(([kind, count]) => Array(count).fill(kind));
    this.standards = data.numbers.length;
    for (const language of LANGUAGES) data[language] = data[language].map((title, n) => title || data["zh-Hans"][n]);
    const [simplified, traditional, english] = LANGUAGES.map((language) => this.folding.lines(data[language]));
    // Folded, most Traditional titles are the Simplified ones: they are found there.
    const same = simplified.split("\n");
    const others = traditional.split("\n").map((title, n) => (title === same[n] ? "" : title));
    this.titles = [new Lines(simplified), new Lines(others.join("\n")), new Lines(english)];
    this.names = this.manyLines(data.names);
    this.numbers = new Numbers(data);
    this.synonyms = new Synonyms(data.synonyms, this.folding);
  }

  /**
   * Several texts a document, each between tabs, which no query holds.
   * @param {string[]} texts
   */
  manyLines(texts) {
    return new Lines(this.folding.lines(texts.map((several) => several && `\n${several}\n`)));
  }

  /**
   * The title of `document`.
   * @param {number} document
   * @param {import("../choice.js").Language} language
   */
  title(document, language) {
    return this.data[language][document];
  }

  /**
   * The `lang` of the title of `document` where it is in another language; "" elsewhere.
   * @param {number} document
   * @param {import("../choice.js").Language} language
   */
  titleLang(document, language) {
    return this.data.untitled[language].includes(document) ? "zh-Hans" : "";
  }

  /**
   * The list identifier and designation of the standard `document`, as the language prints them.
   * Chinese sets the year of a designation, which has a slash, off with an em dash.
   * @param {number} document
   * @param {import("../choice.js").Language} language
   */
  printedNumbers(document, language) {
    const numbers = this.data.numbers[document].split("\n");
    return language === "en" ? numbers : numbers.map((number) => number.replace(/(\/.*)-(\d{4})$/, "$1—$2"));
  }

  /**
   * What fits `query`, in any language, script and spelling.
   * @param {string} query
   * @returns {Found}
   */
  search(query) {
    const found = new Found(this);
    const typed = query.slice(0, LONGEST);
    const left = this.findNumbers(typed, found);
    this.findText(left.slice(0, LONGEST_WORDS), found);
    if (found.numberIsMissing && found.tiers.every((tier) => tier === NONE)) {
      found.areNearest = true;
      const nearest = found.missing.flatMap((number) => this.numbers.nearest(number, NEAREST));
      nearest.forEach((one, n) => found.add(one, TIER.some, -n));
    }
    return found;
  }

  /**
   * The tiers below the numbers; beside a number only what titles and names have.
   * @param {string} text
   * @param {Found} found
   */
  findText(text, found) {
    const phrase = this.folding.text(text);
    const isBeside = found.missing.length > 0 || found.tiers.includes(TIER.number);
    const words = this.folding.words(text.replace(FOREIGN, (number) => (this.numbers.isOwn(number) ? number : " ")));
    if (!phrase || (isBeside && !meaningful(words).length)) return;
    this.findPhrase(phrase, found);
    if (/^[a-z0-9 ]+$/.test(phrase)) this.findSound(phrase, found);
    if (!words.length) return;
    // “the standard for moon cakes” is asked for as “moon cakes”.
    const parts = meant(this, phrase, words);
    const core = this.folding.text(parts.map((part) => part.text).join(" "));
    if (core !== phrase) this.findPhrase(core, found);
    findSynonyms(this, parts, TIER.synonym, found);
    this.findWords(parts, found, isBeside);
    found.words = parts.flatMap((part) => meaningful(this.folding.words(part.text)));
  }

  /**
   * Tiers `number` and `number start`.
   * @param {string} typed
   * @param {Found} found
   * @returns {string} what is left of the query
   */
  findNumbers(typed, found) {
    const begun = this.numbers.begun(typed);
    const mentions = this.numbers.mentions(typed);
    // A number that is still being typed is not missing.
    const named = mentions.filter(({ documents, start }) => documents.length || !begun || start < begun.start);
    named.forEach(({ documents }, n) => documents.forEach((one) => found.add(one, TIER.number, -n)));
    for (const one of begun?.documents ?? []) found.add(one, TIER["number start"]);
    const missing = named.filter(({ documents }) => !documents.length);
    found.missing = missing.map(({ text }) => text);
    found.numberIsMissing = missing.length > 0 && missing.length === named.length && !begun?.hasFigures;
    let left = "";
    let at = 0;
    for (const { start, end } of named) {
      left += `${typed.slice(at, start)} `;
      at = end;
    }
    return left + (begun?.hasFigures && begun.start >= at ? typed.slice(at, begun.start) : typed.slice(at));
  }

  /**
   * Tiers `title`, `title start`, `title part` and `name`; where a longer word begins so, such as care with car, it
   * comes after what the query means.
   * @param {string} phrase
   * @param {Found} found
   */
  findPhrase(phrase, found) {
    this.titles.forEach((lines, language) => {
      const { text } = lines;
      lines.each(
        phrase,
        (document, at) => {
          const begins = text[at - 1] === "\n";
          const tier = !begins ? "title part" : text[at + phrase.length] === "\n" ? "title" : "title start";
          found.add(document, ...placed(TIER[tier], text, at + phrase.length), language);
        },
        (at) => isWord(text, at, phrase),
      );
    });
    const { text, starts } = this.names;
    this.names.each(
      phrase,
      (document, at) => {
        const place = text.slice(starts[document] + 1, at).split("\t").length - 1;
        found.add(document, ...placed(TIER.name, text, at + phrase.length), OTHER_NAME);
        found.otherNames.set(document, this.data.names[document].split("\n")[place]);
      },
      (at) => isWord(text, at, phrase),
    );
  }

  /**
   * Tier `sound`: syllables in Mandarin or Cantonese, or their initials.
   * @param {string} phrase
   * @param {Found} found
   */
  findSound(phrase, found) {
    const heard = phrase.replace(/[0-9 ]+/g, "");
    if (heard.length < 2) return;
    const isNamed = found.tiers.some((tier) => tier <= TIER.synonym);
    this.spoken ??= [new Spoken(this.data["zh-Hans"], this.data.pinyin), new Spoken(this.data["zh-Hant"], this.data.jyutping)];
    this.spoken.forEach((spoken, language) => {
      const isWhole = heard.length === phrase.length;
      spoken.each(heard, isWhole, (document, score) => {
        // Where a title has the word, it is hardly the sound of a page, an organisation or a field.
        if (document < this.standards || !isNamed) found.add(document, TIER.sound, score, language);
      });
    });
  }

  /**
   * Tiers `words`, `like` and `some`: those that hold all the words by the best that one holds them by, and only where
   * there are none those that hold some.
   * @param {import("./synonyms.js").Part[]} parts
   * @param {Found} found
   * @param {boolean} isBeside whether they stand beside a number
   */
  findWords(parts, found, isBeside) {
    const units = parts.flatMap((part) => unitsOfPart(this, part));
    const heaviest = units.reduce((sum, unit) => sum + unit.weight, 0);
    if (!heaviest) return;
    const holders = Array.from({ length: this.count }, (_, document) => heldBy(document, units));
    const whole = holders.filter(({ held }) => held === units.length);
    // A title or name that has the whole query, or what it means, has all its words.
    const isNamed = isBeside || found.tiers.some((tier) => tier <= TIER.synonym && tier !== TIER["number start"]);
    const best = whole.reduce((least, { worst }) => Math.min(least, worst), isNamed ? BELONGS : NONE);
    for (const { document, worst, weight } of whole) {
      if (worst <= Math.max(best, BELONGS)) found.add(document, LIKE.includes(worst) ? TIER.like : TIER.words, weight);
    }
    if (best !== NONE) return;
    const most = holders.reduce((sum, { weight }) => Math.max(sum, weight), heaviest * ENOUGH * 2);
    for (const { document, held, weight } of holders) {
      if (held && weight >= most / 2) found.add(document, TIER.some, weight);
    }
  }

  /**
   * A word as what is looked for: itself where something holds it whole, else its pairs of characters,
   * so that a longer Chinese name is found though a character is wrong or missing.
   * @param {string} word
   */
  unitsOf(word) {
    const whole = this.holding(word);
    if (whole.size || !HAN.test(word)) return [whole];
    const characters = [...word];
    return characters.slice(1).map((second, n) => this.holding(characters[n] + second));
  }

  /**
   * Which documents hold `word`: `qualities` by document, IN_TITLE to LIKE_TOLD, else NONE; `size` how many do;
   * `weight` what the word tells: the rarer it is, the more.
   * @param {string} word
   */
  holding(word) {
    // A letter by itself is a word by itself.
    const qualities = this.qualitiesOf(
      word,
      (text, at) => isWord(text, at, word) && !(word.length === 1 && isLetter(text, at + 1)),
    );
    /** @type {AddQuality} */
    const add = (document, quality) => {
      if (quality < qualities[document]) qualities[document] = quality;
    };
    if (!HAN.test(word)) this.holdingLetters(word, qualities, add);
    // A standard belongs to its fields, batch and publisher.
    for (const [document, members] of this.members) {
      if (qualities[document] === IN_TITLE) for (const standard of members) add(standard, BELONGS);
    }
    const size = qualities.reduce((sum, quality) => sum + Number(quality !== NONE), 0);
    const rarity = Math.log(1 + this.count / Math.max(1, size));
    // A pair that nothing holds is likely the mistake itself.
    return { qualities, size, weight: size || !HAN.test(word) ? rarity : rarity / 2 };
  }

  /**
   * By document how it holds `word` at a place in a text that `fits`: IN_TITLE or TOLD, else NONE.
   * @param {string} word
   * @param {(text: string, at: number) => boolean} fits
   */
  qualitiesOf(word, fits) {
    const qualities = new Uint8Array(this.count).fill(NONE);
    /** @type {(lines: Lines, quality: number) => void} */
    const look = (lines, quality) =>
      lines.each(word, (document) => (qualities[document] = quality), (at) => fits(lines.text, at));
    look(this.told ?? this.readWords(), TOLD);
    for (const lines of [...this.titles, this.names]) look(lines, IN_TITLE);
    return qualities;
  }

  /**
   * What else holds a `word` of letters and figures: numbers and, where nothing has the word, those that are like it.
   * @param {string} word
   * @param {Uint8Array} qualities
   * @param {AddQuality} add
   */
  holdingLetters(word, qualities, add) {
    const isFigure = /^\d+$/.test(word);
    if (isFigure || /^[a-z]+$/.test(word)) this.holdingNumber(word.replace(/^0+(?=.)/, ""), isFigure, add);
    if (isFigure || qualities.some((quality) => quality !== NONE)) return;
    this.vocabulary ??= this.wordsOfAll();
    for (const [other, { titles, told }] of this.vocabulary) {
      if (!isLike(word, other)) continue;
      for (const document of titles) add(document, LIKE_TITLE);
      for (const document of told) add(document, LIKE_TOLD);
    }
  }

  /**
   * Documents whose number has the figures or the letters `wanted` as one of its parts, or whose year it is.
   * @param {string} wanted
   * @param {boolean} isFigure
   * @param {AddQuality} add
   */
  holdingNumber(wanted, isFigure, add) {
    const forms = isFigure ? [` ${wanted} `, ` ${wanted}\t`] : [`\t${wanted} `];
    for (const form of forms) this.numbers.forms.each(form, (document) => add(document, IN_TITLE));
    if (!isFigure || !Number(wanted)) return;
    this.data.year.forEach((year, document) => year === Number(wanted) && add(document, BELONGS));
  }

  /** Read what is told of each document beside its titles, and which standards belong to which document. */
  readWords() {
    /** @type {(document: number, standard: number) => void} */
    const add = (document, standard) => {
      if (document < 0) return;
      const standards = this.members.get(document);
      if (standards) standards.push(standard);
      else this.members.set(document, [standard]);
    };
    this.data.fields.forEach((documents, standard) => documents.forEach((document) => add(document, standard)));
    for (const places of [this.data.batch, this.data.publisher]) places.forEach(add);
    return (this.told = this.manyLines(this.data.words));
  }

  /** word in letters → the documents that have it in a title or name, and those of which it is told. */
  wordsOfAll() {
    /** @type {Map<string, Holders>} */
    const vocabulary = new Map();
    /** @type {(lines: Lines, kind: keyof Holders) => void} */
    const add = (lines, kind) => {
      for (let document = 0; document < this.count; document++) {
        for (const word of lines.line(document).match(/[a-z0-9]+/g) ?? []) {
          let holders = vocabulary.get(word);
          if (!holders) vocabulary.set(word, (holders = { titles: [], told: [] }));
          if (holders[kind].at(-1) !== document) holders[kind].push(document);
        }
      }
    };
    for (const lines of [...this.titles, this.names]) add(lines, "titles");
    add(this.told ?? this.readWords(), "told");
    return vocabulary;
  }
}

/**
 * The tier and the score of what was found to `end` of `text`: `tier`, but for a word that goes on there.
 * @param {number} tier
 * @param {string} text
 * @param {number} end
 * @returns {[tier: number, score: number]}
 */
function placed(tier, text, end) {
  const goesOn = isLetter(text, end - 1) && isLetter(text, text[end] === "s" ? end + 1 : end);
  return goesOn ? [TIER.synonym, -10 * tier] : [tier, 0];
}

/** What part of a query's weight a document must hold to be offered for some of its words. */
const ENOUGH = 0.34;

/** How a document holds a word: in a title or name, in that of its field, batch or publisher, in what is told of it. */
export const [IN_TITLE, BELONGS, LIKE_TITLE, TOLD, LIKE_TOLD] = [0, 1, 2, 3, 4];
/** In another form. */
const LIKE = [LIKE_TITLE, LIKE_TOLD];
/** What a word counts by how it is held. */
const WORTH = [1, 0.9, 0.7, 0.7, 0.5];

/**
 * How `document` holds `units`: how many of them, by which quality at worst, with what weight.
 * @param {number} document
 * @param {import("./synonyms.js").Unit[]} units
 */
function heldBy(document, units) {
  let [held, worst, weight] = [0, 0, 0];
  for (const unit of units) {
    const quality = unit.qualities[document];
    if (quality === NONE) continue;
    held++;
    worst = Math.max(worst, quality);
    weight += unit.weight * WORTH[quality];
  }
  return { document, held, worst, weight };
}

/**
 * The words that tell something.
 * @param {string[]} words
 */
export function meaningful(words) {
  return words.flatMap((word) =>
    HAN.test(word) ? word.split(EMPTY_HAN).filter(Boolean) : EMPTY_WORDS.has(word) ? [] : [word],
  );
}
