/** Finds standards, fields, batches, organisations and prose by whatever a person types, in plain tiers. */
import { Folding, foldedNumber, HAN } from "./folding.js";

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
/** The tiers within which a score decides before the list's order. */
const SCORED = [TIER.sound, TIER.words, TIER.like, TIER.some];
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
  constructor(text) {
    this.text = `\n${text}\n`;
    const starts = [];
    for (let at = 0; at < this.text.length - 1; at = this.text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.starts = Uint32Array.from(starts);
  }

  /** The line that holds the position `at`, not before the line `low`. */
  lineAt(at, low) {
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The text of the line `n`. */
  line(n) {
    return this.text.slice(this.starts[n], (this.starts[n + 1] ?? this.text.length) - 1);
  }

  /** Call `found(line, at)` for the first place in each line that holds `part` and `fits`. */
  each(part, found, fits = () => true) {
    let line = 0;
    for (let at = this.text.indexOf(part); at >= 0; at = this.text.indexOf(part, at + 1)) {
      if (!fits(at)) continue;
      line = this.lineAt(at, line);
      found(line, at);
      // On to the next line: one place in each is enough.
      at = (this.starts[line + 1] ?? this.text.length) - 2;
    }
  }
}

const NONE = 255;
const OTHER_NAME = LANGUAGES.length;

/** What one query found. */
export class Found {
  constructor(index) {
    this.index = index;
    this.tiers = new Uint8Array(index.count).fill(NONE);
    this.scores = new Float32Array(index.count);
    /** Which title matched, by its place in LANGUAGES, or OTHER_NAME. */
    this.matched = new Uint8Array(index.count).fill(NONE);
    this.otherNames = new Map();
    /** Whether the query is a number that is not on the list. */
    this.numberIsMissing = false;
  }

  /** Note that `document` was found in `tier`, unless a better tier has it. */
  add(document, tier, score = 0, matched = NONE) {
    const known = this.tiers[document];
    if (tier > known || (tier === known && score <= this.scores[document])) return;
    this.tiers[document] = tier;
    this.scores[document] = score;
    this.matched[document] = matched;
  }

  /** The documents, the best first. */
  ranked() {
    const byTier = TIERS.map(() => []);
    for (let document = 0; document < this.tiers.length; document++) byTier[this.tiers[document]]?.push(document);
    for (const tier of SCORED) byTier[tier].sort((a, b) => this.scores[b] - this.scores[a] || a - b);
    return byTier.flat();
  }

  /** The title or other name by which `document` was found; '' where it was found otherwise. */
  name(document) {
    const matched = this.matched[document];
    if (matched === NONE) return "";
    return matched === OTHER_NAME ? this.otherNames.get(document) : this.index.title(document, LANGUAGES[matched]);
  }
}

/** The index, ready to be searched. */
export class Index {
  /** @param {object} data what the generator wrote */
  constructor(data) {
    this.data = data;
    this.folding = new Folding(data.variants);
    this.count = data.paths.length;
    this.kinds = data.kinds.flatMap(([kind, count]) => Array(count).fill(kind));
    this.standards = data.numbers.length;
    data["zh-Hant"] = data["zh-Hant"].map((title, n) => title || data["zh-Hans"][n]);
    const [simplified, traditional, english] = LANGUAGES.map((language) => this.folding.lines(data[language]));
    // Folded, most Traditional titles are the Simplified ones: they are found there.
    const same = simplified.split("\n");
    const others = traditional.split("\n").map((title, n) => (title === same[n] ? "" : title));
    this.titles = [new Lines(simplified), new Lines(others.join("\n")), new Lines(english)];
    this.names = this.manyLines(data.names);
    this.numbers = new Lines(data.forms);
  }

  /** Several texts a document, each between separators that no query holds. */
  manyLines(texts) {
    const owners = [];
    const single = [];
    texts.forEach((several, n) => {
      for (const one of several ? several.split("\n") : []) {
        owners.push(n);
        single.push(one);
      }
    });
    const lines = Array(texts.length).fill("");
    this.folding
      .lines(single)
      .split("\n")
      .forEach((one, n) => {
        if (owners[n] !== undefined) lines[owners[n]] = `${lines[owners[n]] || "\t"}${one}\t`;
      });
    return new Lines(lines.join("\n"));
  }

  title(document, language) {
    return this.data[language][document];
  }

  /**
   * What fits `query`, in any language, script and spelling.
   * @param {string} query
   * @returns {Found}
   */
  search(query) {
    const found = new Found(this);
    const typed = query.slice(0, LONGEST);
    const phrase = this.folding.text(typed);
    if (!phrase) return found;
    if (this.findNumber(typed, found)) return found;
    this.findPhrase(phrase, found);
    if (/^[a-z0-9 ]+$/.test(phrase)) this.findSound(phrase, found);
    const words = meaningful(this.folding.words(typed));
    // “the standard for moon cakes” is asked for as “moon cakes”.
    const core = this.folding.text(words.join(" "));
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
    // A bare figure is as likely a year: it is found among the words.
    const isNumber = /\p{L}.*\d|\d \d/u.test(wanted);
    if (!isNumber && !/^\p{L}+$/u.test(wanted)) return false;
    let anything = false;
    let exact = false;
    const { text } = this.numbers;
    // Figures alone are a number without its letters.
    const begins = (at) => text[at - 1] === "\t" || (/^\d/.test(wanted) && /\t\p{L}+ $/u.test(text.slice(at - 12, at)));
    // A number without its year is the whole number too.
    const ends = (at) => /^(?: \d{4})?\t/.test(text.slice(at + wanted.length, at + wanted.length + 6));
    const add = (tier) => (document) => {
      anything = true;
      exact ||= tier === TIER.number;
      found.add(document, tier);
    };
    this.numbers.each(wanted, add(TIER.number), (at) => begins(at) && ends(at));
    this.numbers.each(wanted, add(TIER["number start"]), begins);
    if (isNumber && !exact) exact = this.findJoined(wanted, found);
    if (!isNumber || !(anything || exact || text.includes(`\t${wanted.split(" ")[0]} `))) return false;
    found.numberIsMissing = !exact;
    if (!exact) this.findNearestNumber(wanted, found);
    return true;
  }

  /** Tier `number start`, for a number written without the dash between its figures; whether there is one. */
  findJoined(wanted, found) {
    const joined = new RegExp(`\\t${[...wanted.replaceAll(" ", "")].join(" ?")}\\t`, "gu");
    const places = [...this.numbers.text.matchAll(joined)];
    for (const { index } of places) found.add(this.numbers.lineAt(index, 0), TIER["number start"]);
    return places.length > 0;
  }

  /** Where a number is not on the list: the nearest with the same letters. */
  findNearestNumber(wanted, found) {
    const [letters, ...figures] = wanted.split(" ");
    const near = new Map();
    this.numbers.each(`\t${letters} `, (document) => {
      for (const form of this.numbers.line(document).split("\t")) {
        const [others, ...theirs] = form.split(" ");
        if (others !== letters || !theirs.length) continue;
        const distance = figures.reduce((sum, one, n) => sum * 1e4 + Math.abs(one - (theirs[n] ?? 0)), 0);
        if (!(near.get(document) <= distance)) near.set(document, distance);
      }
    });
    const nearest = [...near].sort(([a, x], [b, y]) => x - y || a - b).slice(0, NEAREST);
    for (const [document, distance] of nearest) found.add(document, TIER.some, -distance);
  }

  /** Tiers `title`, `title start`, `title part` and `name`. */
  findPhrase(phrase, found) {
    // One or two letters must begin a word; anything could hold them.
    const short = phrase.length < 3 && /^[a-z0-9]+$/.test(phrase);
    this.titles.forEach((lines, language) => {
      const { text } = lines;
      lines.each(
        phrase,
        (document, at) => {
          const begins = text[at - 1] === "\n";
          const tier = !begins ? "title part" : text[at + phrase.length] === "\n" ? "title" : "title start";
          found.add(document, TIER[tier], 0, language);
        },
        (at) => !short || isBetween(text[at - 1]),
      );
    });
    const { text, starts } = this.names;
    this.names.each(
      phrase,
      (document, at) => {
        const place = text.slice(starts[document] + 1, at).split("\t").length - 1;
        found.add(document, TIER.name, 0, OTHER_NAME);
        found.otherNames.set(document, this.data.names[document].split("\n")[place]);
      },
      (at) => !short || isBetween(text[at - 1]),
    );
  }

  /** Tier `sound`: syllables in Mandarin or Cantonese, or their initials. */
  findSound(phrase, found) {
    const heard = phrase.replace(/[0-9 ]+/g, "");
    if (heard.length < 2) return;
    this.sounds ??= ["pinyin", "jyutping"].map((name) => this.soundsOf(name));
    for (const { whole, begins, initials, language } of this.sounds) {
      // Whole titles and their starts before parts of them.
      const score = ({ text }, at) => (text[at - 1] !== "\n" ? 0 : text[at + heard.length] === "\n" ? 2 : 1);
      whole.each(
        heard,
        (document, at) => found.add(document, TIER.sound, score(whole, at), language),
        (at) => begins[at] === 1,
      );
      if (heard.length !== phrase.length) continue;
      initials.each(
        heard,
        (document, at) => found.add(document, TIER.sound, score(initials, at) - 2, language),
        (at) => heard.length > 2 || score(initials, at) > 0,
      );
    }
  }

  soundsOf(name) {
    const language = name === "pinyin" ? 0 : 1;
    const [table, others] = this.data[name];
    const sounds = new Map();
    for (const [sound, characters] of Object.entries(table)) for (const one of characters) sounds.set(one, sound);
    const syllables = this.data[LANGUAGES[language]].map(
      (title, n) => others[n]?.split(" ") ?? [...title].map((one) => sounds.get(one)).filter(Boolean),
    );
    const whole = new Lines(syllables.map((one) => one.join("")).join("\n"));
    const begins = new Uint8Array(whole.text.length);
    syllables.forEach((one, n) => {
      let at = whole.starts[n];
      for (const syllable of one) {
        begins[at] = 1;
        at += syllable.length;
      }
    });
    return { language, whole, begins, initials: new Lines(syllables.map((one) => one.map((s) => s[0]).join("")).join("\n")) };
  }

  /** Tiers `words`, `like` and `some`. */
  findWords(words, found) {
    const units = words.flatMap((word) => this.unitsOf(word));
    const heaviest = units.reduce((sum, unit) => sum + unit.weight, 0);
    if (!heaviest) return;
    for (let document = 0; document < this.count; document++) {
      let weight = 0;
      let held = 0;
      let worst = 0;
      for (const unit of units) {
        const quality = unit.qualities[document];
        if (quality === NONE) continue;
        held++;
        worst = Math.max(worst, quality);
        weight += unit.weight * WORTH[quality];
      }
      if (held === units.length) found.add(document, worst === FORM ? TIER.like : TIER.words, -worst);
      else if (held && weight >= heaviest * ENOUGH) found.add(document, TIER.some, weight);
    }
  }

  /**
   * A word as what is looked for: itself where something holds it whole, else its pairs of characters,
   * so that a longer Chinese name is found though a character is wrong or missing.
   */
  unitsOf(word) {
    const whole = this.holding(word);
    if (whole.size || !HAN.test(word)) return [whole];
    const characters = [...word];
    return characters.slice(1).map((second, n) => this.holding(characters[n] + second));
  }

  /**
   * Which documents hold `word`: `qualities` by document, IN_TITLE, TOLD or FORM, else NONE; `size` how
   * many do; `weight` what the word tells: the rarer it is, the more.
   */
  holding(word) {
    const qualities = new Uint8Array(this.count).fill(NONE);
    const add = (document, quality) => {
      if (quality < qualities[document]) qualities[document] = quality;
    };
    if (!this.told) this.readWords();
    if (HAN.test(word)) {
      for (const lines of [this.titles[0], this.titles[1], this.names]) lines.each(word, (document) => add(document, IN_TITLE));
      this.told.each(word, (document) => add(document, TOLD));
    } else {
      this.holdingLetters(word, add);
    }
    // A standard belongs to its field, batch and publisher.
    for (const [document, members] of this.members) {
      if (qualities[document] <= TOLD) for (const standard of members) add(standard, TOLD);
    }
    const size = qualities.reduce((sum, quality) => sum + (quality !== NONE), 0);
    const rarity = Math.log(1 + this.count / Math.max(1, size));
    // A pair that nothing holds is likely the mistake itself.
    return { qualities, size, weight: size || !HAN.test(word) ? rarity : rarity / 2 };
  }

  holdingLetters(word, add) {
    const isFigure = /^\d+$/.test(word);
    if (/^[a-z]+$|\d/.test(word)) this.holdingNumber(foldedNumber(word), isFigure, add);
    let isThere = false;
    this.vocabulary ??= this.wordsOfAll();
    for (const [other, { titles, told }] of this.vocabulary) {
      const at = other.indexOf(word);
      if (at === 0 ? word.length > 1 || other === word : at > 0 && word.length > 2) {
        isThere = true;
        for (const document of titles) add(document, IN_TITLE);
        for (const document of told) add(document, TOLD);
      }
    }
    if (isThere || isFigure) return;
    for (const [other, { titles, told }] of this.vocabulary) {
      if (!isLike(word, other)) continue;
      for (const document of titles) add(document, FORM);
      for (const document of told) add(document, FORM);
    }
  }

  /** Documents whose number has the figures or the letters `wanted` as one of its parts, or whose year it is. */
  holdingNumber(wanted, isFigure, add) {
    const forms = isFigure ? [` ${wanted} `, ` ${wanted}\t`] : [`\t${wanted} `];
    for (const form of forms) this.numbers.each(form, (document) => add(document, IN_TITLE));
    if (!isFigure || !Number(wanted)) return;
    this.data.year.forEach((year, document) => year === Number(wanted) && add(document, TOLD));
  }

  /** What is told of each document beside its titles, and which standards belong to which document. */
  readWords() {
    this.told = this.manyLines(this.data.words);
    this.members = new Map();
    for (const facet of ["field", "batch", "publisher"]) {
      this.data[facet].forEach((document, standard) => {
        if (document < 0) return;
        if (!this.members.has(document)) this.members.set(document, []);
        this.members.get(document).push(standard);
      });
    }
  }

  /** word in letters → the documents that have it in a title or name, and those of which it is told. */
  wordsOfAll() {
    const vocabulary = new Map();
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
    add(this.told, "told");
    return vocabulary;
  }
}

/** What part of a query's weight a document must hold to be offered for some of its words. */
const ENOUGH = 0.34;

const IN_TITLE = 0;
const TOLD = 1;
const FORM = 2;
/** What a word counts by how it is held: in a title, in what is told, in another form. */
const WORTH = [1, 0.9, 0.7];

/** Whether a word begins after `character`. */
function isBetween(character) {
  return character === "\n" || character === "\t" || character === " ";
}

/** The words that tell something; all of them where none does. */
function meaningful(words) {
  const telling = words.flatMap((word) =>
    HAN.test(word) ? word.split(EMPTY_HAN).filter(Boolean) : EMPTY_WORDS.has(word) ? [] : [word],
  );
  return telling.length ? telling : words;
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
