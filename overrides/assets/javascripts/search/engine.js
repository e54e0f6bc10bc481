/**
 * Finds standards, fields, batches, organisations and prose by whatever a person types.
 *
 * What is found is ranked in plain tiers; within a tier the list's own order holds, or for guesses
 * how much of the query they hold.
 */
import { folded, foldedNumber, variantsOf, wordsOf } from "./folding.js";

export const TIERS = [
  "number", // the whole number
  "number start",
  "title", // the whole title, in any language
  "title start",
  "title part",
  "name", // another name
  "sound", // Mandarin or Cantonese, whole or by initials
  "words", // every word stands somewhere in the record
  "like", // a word has another ending or a wrong letter
  "some", // some of the words
];
const TIER = Object.fromEntries(TIERS.map((name, n) => [name, n]));
const LANGUAGES = ["zh-Hans", "zh-Hant", "en"];
const LONGEST = 200;
const NEAREST = 5;

/** Words that say nothing about which standard is meant. */
const EMPTY_WORDS = new Set(
  "a an the of for in on to and or about with is are what which how do i my standard standards guideline specification".split(" "),
);
const EMPTY_HAN =
  /请问|什么|怎么样|怎么|怎样|如何|哪些|哪个|有没有|有关|关于|湾区标准|的标准|标准|规定|在哪里|哪里|应该|可以|需要|要求|查询|查|找|的|了|吗|呢|是|有|和|与|及|在|要|我/g;

/** Lines of text in one string, to be scanned at once. */
class Lines {
  /** @param {string[]} texts */
  constructor(texts) {
    this.text = `\n${texts.join("\n")}\n`;
    this.starts = new Uint32Array(texts.length);
    let at = 1;
    texts.forEach((text, n) => {
      this.starts[n] = at;
      at += text.length + 1;
    });
  }

  /** The line that holds the position `at`. */
  lineAt(at) {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * Call `found(line, at)` for the first fitting place in each line that holds `part`.
   * @param {string} part
   * @param {(line: number, at: number) => void} found
   * @param {(at: number) => boolean} fits
   */
  each(part, found, fits = () => true) {
    for (let at = this.text.indexOf(part); at >= 0; at = this.text.indexOf(part, at + 1)) {
      if (!fits(at)) continue;
      const line = this.lineAt(at);
      found(line, at);
      // On to the next line: one place in each is enough.
      at = this.starts[line + 1] ? this.starts[line + 1] - 2 : this.text.length;
    }
  }
}

/** What one query found. */
export class Found {
  constructor() {
    /** @type {Map<number, {tier: number, score: number, name: string}>} */
    this.documents = new Map();
    /** Whether the query is a number that is not on the list. */
    this.numberIsMissing = false;
  }

  /** Note that `document` was found in `tier`, unless a better tier has it. */
  add(document, tier, score = 0, name = "") {
    const known = this.documents.get(document);
    if (!known || tier < known.tier || (tier === known.tier && score > known.score)) {
      this.documents.set(document, { tier, score, name });
    }
  }

  /** The documents, the best first. */
  ranked() {
    return [...this.documents]
      .map(([document, how]) => ({ document, ...how }))
      .sort((a, b) => a.tier - b.tier || b.score - a.score || a.document - b.document);
  }
}

/** The index, ready to be searched. */
export class Index {
  /** @param {object} data what the generator wrote */
  constructor(data) {
    this.data = data;
    this.variants = variantsOf(data.variants);
    this.count = data.paths.length;
    this.kinds = data.kinds.flatMap(([kind, count]) => Array(count).fill(kind));
    this.standards = data.numbers.length;
    data["zh-Hant"] = data["zh-Hant"].map((title, n) => title || data["zh-Hans"][n]);
    this.titles = Object.fromEntries(
      LANGUAGES.map((language) => [language, new Lines(data[language].map((title) => this.fold(title)))]),
    );
    this.names = new Lines(data.names.map((names) => this.foldEach(names)));
    this.numbers = data.numbers.map((numbers) => numbers.split("\n").flatMap(formsOf));
  }

  /** @param {string} text */
  fold(text) {
    return folded(text, this.variants);
  }

  /** Several texts of one document, each within separators that no query holds. */
  foldEach(texts) {
    return texts && `\t${texts.split("\n").map((text) => this.fold(text)).join("\t")}\t`;
  }

  /** @param {number} document @param {string} language */
  title(document, language) {
    return this.data[language][document];
  }

  /**
   * What fits `query`, in any language, script and spelling.
   * @param {string} query
   * @returns {Found}
   */
  search(query) {
    const found = new Found();
    const typed = query.slice(0, LONGEST).toWellFormed?.() ?? query.slice(0, LONGEST);
    const phrase = this.fold(typed);
    if (!phrase) return found;
    if (this.findNumber(typed, found)) return found;
    this.findPhrase(phrase, found);
    if (/^[a-z0-9 ]+$/.test(phrase)) this.findSound(phrase, found);
    const words = meaningful(wordsOf(typed, this.variants));
    // “the standard for moon cakes” is asked for as “moon cakes”.
    const core = this.fold(words.join(" "));
    if (core !== phrase) this.findPhrase(core, found);
    this.findWords(words, found);
    return found;
  }

  /**
   * Tiers `number` and `number start`.
   * @returns {boolean} whether the query is a number and nothing else
   */
  findNumber(typed, found) {
    if (!/^[\p{L}\p{N}\s\p{Pd}/.]+$/u.test(typed.normalize("NFKC"))) return false;
    const wanted = foldedNumber(typed);
    // A bare figure is as likely a year or a count: it is found among the words.
    const isNumber = /\p{L}.*\d|\d \d/u.test(wanted);
    if (!isNumber && !/^\p{L}+$/u.test(wanted)) return false;
    const together = wanted.replaceAll(" ", "");
    let exact = false;
    let known = false;
    this.numbers.forEach((forms, document) => {
      for (const { form, parts } of forms) {
        if (parts.includes(wanted)) {
          found.add(document, TIER.number);
          exact = true;
        } else if (isNumber && form.replaceAll(" ", "") === together) {
          // Written without the dash between its figures.
          found.add(document, TIER["number start"]);
          exact = true;
        } else if (parts.some((part) => part.startsWith(wanted))) {
          found.add(document, TIER["number start"]);
        }
        known ||= parts.some((part) => part.split(" ")[0] === wanted.split(" ")[0]);
      }
    });
    if (!isNumber || !(known || found.documents.size)) return false;
    found.numberIsMissing = !exact;
    if (!exact) this.findNearestNumber(wanted, found);
    return true;
  }

  /** Where a number is not on the list: the nearest with the same letters. */
  findNearestNumber(wanted, found) {
    const [letters, ...figures] = wanted.split(" ");
    const near = new Map();
    this.numbers.forEach((forms, document) => {
      for (const { parts } of forms) {
        for (const part of parts) {
          const [others, ...theirs] = part.split(" ");
          if (others !== letters || !theirs.length) continue;
          const distance = figures.reduce((sum, one, n) => sum * 1e4 + Math.abs(one - (theirs[n] ?? 0)), 0);
          if (!(near.get(document) <= distance)) near.set(document, distance);
        }
      }
    });
    const nearest = [...near].sort(([a, x], [b, y]) => x - y || a - b).slice(0, NEAREST);
    for (const [document, distance] of nearest) found.add(document, TIER.some, -distance);
  }

  /** Tiers `title`, `title start`, `title part` and `name`. */
  findPhrase(phrase, found) {
    const short = phrase.length < 3 && /^[a-z0-9]+$/.test(phrase);
    const whole = (text, at) => /[\n\t]/.test(text[at - 1]) && /[\n\t]/.test(text[at + phrase.length]);
    const begins = (text, at) => /[\n\t ]/.test(text[at - 1]);
    for (const language of LANGUAGES) {
      const { text } = this.titles[language];
      const lines = this.titles[language];
      lines.each(
        phrase,
        (document, at) => {
          const name = this.data[language][document];
          if (whole(text, at)) found.add(document, TIER.title, 0, name);
          else if (/\n/.test(text[at - 1])) found.add(document, TIER["title start"], 0, name);
          else found.add(document, TIER["title part"], 0, name);
        },
        // One or two letters must begin a word; anything could hold them.
        (at) => !short || begins(text, at),
      );
    }
    this.names.each(
      phrase,
      (document, at) => {
        const place = this.names.text.slice(this.names.starts[document] + 1, at).split("\t").length - 1;
        found.add(document, TIER.name, 0, this.data.names[document].split("\n")[place]);
      },
      (at) => !short || begins(this.names.text, at),
    );
  }

  /** Tier `sound`: syllables in Mandarin or Cantonese, or their initials. */
  findSound(phrase, found) {
    const heard = phrase.replace(/[0-9 ]+/g, "");
    if (heard.length < 2) return;
    this.sounds ??= ["pinyin", "jyutping"].map((name) => this.soundsOf(name));
    for (const { whole, begins, initials, language } of this.sounds) {
      const name = (document) => this.data[language][document];
      // Whole titles and their starts before parts of them.
      const score = (text, at) => (text[at - 1] === "\n") + (text[at - 1] === "\n" && text[at + heard.length] === "\n");
      whole.each(
        heard,
        (document, at) => found.add(document, TIER.sound, score(whole.text, at), name(document)),
        (at) => begins.has(at),
      );
      if (heard.length === phrase.length) {
        initials.each(
          heard,
          (document, at) => found.add(document, TIER.sound, score(initials.text, at) - 2, name(document)),
          (at) => heard.length > 2 || score(initials.text, at) > 0,
        );
      }
    }
  }

  soundsOf(name) {
    const language = name === "pinyin" ? "zh-Hans" : "zh-Hant";
    const [table, others] = this.data[name];
    const sounds = new Map();
    for (const [sound, characters] of Object.entries(table)) for (const one of characters) sounds.set(one, sound);
    const syllables = this.data[language].map(
      (title, n) => others[n]?.split(" ") ?? [...title].map((one) => sounds.get(one)).filter(Boolean),
    );
    const whole = new Lines(syllables.map((one) => one.join("")));
    const begins = new Set();
    syllables.forEach((one, n) => {
      let at = whole.starts[n];
      for (const syllable of one) {
        begins.add(at);
        at += syllable.length;
      }
    });
    return { language, whole, begins, initials: new Lines(syllables.map((one) => one.map((s) => s[0]).join(""))) };
  }

  /** Tiers `words`, `like` and `some`. */
  findWords(words, found) {
    this.vocabulary ??= this.wordsOfAll();
    const units = words.flatMap((word) => this.unitsOf(word));
    const heaviest = units.reduce((sum, unit) => sum + unit.weight, 0);
    if (!heaviest) return;
    const sums = new Map();
    units.forEach((unit, n) => {
      for (const [document, quality] of unit.documents) {
        let sum = sums.get(document);
        if (!sum) sums.set(document, (sum = { weight: 0, worst: 0, words: new Set() }));
        sum.weight += unit.weight * (quality === 2 ? 0.7 : quality === 1 ? 0.9 : 1);
        sum.worst = Math.max(sum.worst, quality);
        sum.words.add(n);
      }
    });
    for (const [document, { weight, worst, words: held }] of sums) {
      if (held.size === units.length) found.add(document, worst === 2 ? TIER.like : TIER.words, -worst);
      else if (weight >= heaviest * ENOUGH) found.add(document, TIER.some, weight);
    }
  }

  /**
   * A word as what is looked for: itself where something holds it whole, else its pairs of characters,
   * so that a longer Chinese name is found though a character is wrong or missing.
   * `quality` is 0 in a title, 1 elsewhere in the record, 2 for another form of the word.
   */
  unitsOf(word) {
    const documents = this.holding(word);
    if (documents.size || !HAN.test(word)) return [{ documents, weight: this.weight(documents, word) }];
    const pairs = [...word].slice(1).map((second, n) => [...word][n] + second);
    return pairs.map((pair) => {
      const held = this.holding(pair);
      return { documents: held, weight: this.weight(held, pair) };
    });
  }

  /** How much a word tells: the rarer, the more; one that nothing holds counts like a rare one, once. */
  weight(documents, word) {
    const rarity = Math.log(1 + this.count / Math.max(1, documents.size));
    return documents.size || !HAN.test(word) ? rarity : rarity / 2;
  }

  /** document → quality, for every document that holds `word`. */
  holding(word) {
    const held = new Map();
    const add = (document, quality) => {
      if (!(held.get(document) <= quality)) held.set(document, quality);
    };
    if (HAN.test(word)) {
      for (const language of ["zh-Hans", "zh-Hant"]) this.titles[language].each(word, (document) => add(document, 0));
      this.names.each(word, (document) => add(document, 0));
      this.told.each(word, (document) => add(document, 1));
    } else {
      this.holdingLetters(word, add);
    }
    // A standard belongs to its field, batch and publisher.
    for (const [document, quality] of [...held]) {
      if (quality > 1 || document < this.standards) continue;
      for (const standard of this.members.get(document) ?? []) add(standard, 1);
    }
    return held;
  }

  holdingLetters(word, add) {
    const figure = /^\d+$/.test(word);
    if (figure || /\d/.test(word)) {
      const wanted = foldedNumber(word);
      this.numbers.forEach((forms, document) => {
        if (forms.some(({ form }) => ` ${form} `.includes(` ${wanted} `))) add(document, 0);
        if (figure && Number(word) && this.data.year[document] === Number(word)) add(document, 1);
      });
    } else {
      this.numbers.forEach((forms, document) => {
        if (forms.some(({ parts }) => parts.some((part) => part.split(" ")[0] === word))) add(document, 0);
      });
    }
    let exact = false;
    for (const [other, holders] of this.vocabulary) {
      const at = other.indexOf(word);
      if (at === 0 ? word.length > 1 || other === word : at > 0 && word.length > 2) {
        exact = true;
        for (const [document, quality] of holders) add(document, quality);
      }
    }
    if (exact || figure) return;
    for (const [other, holders] of this.vocabulary) {
      if (isLike(word, other)) for (const document of holders.keys()) add(document, 2);
    }
  }

  /** word in letters → (document → quality); and what is said of documents beside their titles. */
  wordsOfAll() {
    const vocabulary = new Map();
    const add = (text, document, quality) => {
      for (const word of text.match(/[a-z0-9]+/g) ?? []) {
        let holders = vocabulary.get(word);
        if (!holders) vocabulary.set(word, (holders = new Map()));
        if (!(holders.get(document) <= quality)) holders.set(document, quality);
      }
    };
    this.told = new Lines(this.data.words.map((words) => this.foldEach(words)));
    this.members = new Map();
    for (const facet of ["field", "batch", "publisher"]) {
      this.data[facet].forEach((document, standard) => {
        if (document < 0) return;
        if (!this.members.has(document)) this.members.set(document, []);
        this.members.get(document).push(standard);
      });
    }
    for (let document = 0; document < this.count; document++) {
      for (const lines of [...Object.values(this.titles), this.names]) add(lineOf(lines, document), document, 0);
      add(lineOf(this.told, document), document, 1);
    }
    return vocabulary;
  }
}

const HAN = /\p{Script=Han}/u;
/** What part of a query's weight a document must hold to be offered for some of its words. */
const ENOUGH = 0.34;

function lineOf(lines, n) {
  const end = lines.starts[n + 1] ? lines.starts[n + 1] - 1 : lines.text.length - 1;
  return lines.text.slice(lines.starts[n], end);
}

/** The words that tell something; all of them where none does. */
function meaningful(words) {
  const telling = words.flatMap((word) =>
    HAN.test(word) ? word.split(EMPTY_HAN).filter(Boolean) : EMPTY_WORDS.has(word) ? [] : [word],
  );
  return telling.length ? telling : words;
}

/**
 * A number with the forms that people shorten it to: without the letters before its slash, without its
 * year, without any letters.
 */
function formsOf(number) {
  if (!number) return [];
  const form = foldedNumber(number);
  const whole = [form, foldedNumber(number.split("/").at(-1))];
  const yearless = whole.filter((one) => / \d{4}$/.test(one)).map((one) => one.replace(/ \d{4}$/, ""));
  const figures = form.split(" ").slice(1);
  return [{ form, parts: [...new Set([...whole, ...yearless, ...(figures.length > 1 ? [figures.join(" ")] : [])])] }];
}

const ENDINGS = /(?:ational|ation|tional|ative|ances?|ences?|ments?|ings?|ions?|ers?|ors?|ied|ies|ed|es|al|ly|y|s|e)$/;

/** Whether `word` is another form of `other`, or has a letter or two wrong. */
function isLike(word, other) {
  if (word.length < 4 || other.length < 4) return false;
  const [a, b] = [word.replace(ENDINGS, ""), other.replace(ENDINGS, "")];
  if (a === b && a.length > 2) return true;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const shorter = Math.min(a.length, b.length);
  if (same >= 4 && same >= shorter - (shorter > 6 ? 2 : 0) && Math.abs(a.length - b.length) < 4) return true;
  return isNear(word, other, word.length > 6 ? 2 : 1);
}

/** Whether `a` becomes `b` by at most `most` letters changed, left out, put in or exchanged with the next. */
function isNear(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return false;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return false;
    [before, last] = [last, row];
  }
  return last[b.length] <= most;
}
