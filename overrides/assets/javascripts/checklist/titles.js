/** Titles and other names of the standards, to be met word by word whatever their language or script. */
import { LANGUAGES } from "../choice.js";
import { HAN } from "../search/folding.js";

/** @typedef {import("../search/engine.js").Index} Index */
/** @typedef {import("../choice.js").Language} Language */

/** Letters of a title by which it is looked for within a text. */
const START = 2;
/** Letters of the shortest title that is taken for one within running text. */
const TELLING = 4;

/** The titles and other names of the standards of an index, folded. */
export class Titles {
  /** @type {Map<string, number[]>} Title or name → the standards that have it. */
  all = new Map();

  /** @type {Map<string, string[]>} How titles begin → those titles, the longest first. */
  starts = new Map();

  /** @type {Set<string> | undefined} The letters of all titles. */
  letters;

  /** @param {Index} index */
  constructor(index) {
    this.index = index;
    for (let document = 0; document < index.standards; document++) {
      for (const name of new Set(this.of(document))) {
        const known = this.all.get(name);
        if (known) known.push(document);
        else this.all.set(name, [document]);
      }
    }
    for (const name of [...this.all.keys()].sort((a, b) => b.length - a.length)) {
      const start = name.slice(0, START);
      const known = this.starts.get(start);
      if (known) known.push(name);
      else this.starts.set(start, [name]);
    }
  }

  /**
   * How likely `text` is one of standards: the part of its letters that titles have too.
   * @param {string} text
   */
  likelihood = (text) => {
    this.letters ??= new Set(this.index.data["zh-Hans"].join("") + this.index.data["zh-Hant"].join(""));
    const letters = [...text].filter((one) => one > "\u007f");
    return letters.filter((one) => this.letters?.has(one)).length / (letters.length || 1);
  };

  /**
   * The folded titles and names of a standard.
   * @param {number} document
   */
  of(document) {
    const titles = this.index.titles.map((lines) => lines.line(document));
    return [...titles, ...this.index.names.line(document).split("\t")].filter(Boolean);
  }

  /**
   * The standards that have the title or name `text`.
   * @param {string} text
   */
  having(text) {
    return this.all.get(this.index.folding.text(text)) ?? [];
  }

  /**
   * In which other language `text` is the title of `document`, or `name` where it is another name of it; "" where it is
   * its title in `language`.
   * @param {number} document
   * @param {string} text
   * @param {Language} language
   */
  whose(document, text, language) {
    const folded = this.index.folding.text(text);
    const written = plain(text);
    /** @param {Language} one */
    const shared = (one) => [...plain(this.index.title(document, one))].filter((letter, n) => letter === [...written][n]).length;
    const [whose] = [language, ...LANGUAGES]
      .filter((one) => this.index.folding.text(this.index.title(document, one)) === folded)
      .sort((a, b) => shared(b) - shared(a));
    return whose === language ? "" : (whose ?? "name");
  }

  /**
   * The standards whose titles stand within `text`, those of each title together.
   * @param {string} text
   * @param {boolean} isRunning whether it is running text, in which a short title is likely a word
   */
  within(text, isRunning) {
    const folded = this.index.folding.text(text);
    /** @type {number[][]} */
    const documents = [];
    for (let at = 0; at < folded.length; at++) {
      const name = this.starts.get(folded.slice(at, at + START))?.find((one) => folded.startsWith(one, at) && isWhole(folded, at, one));
      if (name && (!isRunning || name.length >= TELLING)) documents.push(this.all.get(name) ?? []);
      if (name) at += name.length - 1;
    }
    return documents;
  }

  /**
   * The standards of whose title or name `text` has one letter otherwise.
   * @param {string} text
   */
  misspelt(text) {
    const folded = this.index.folding.text(text);
    const names = [...this.all.keys()].filter((name) => name.length === folded.length && name.length > START);
    const near = names.filter((name) => Array.from(name).filter((letter, n) => letter !== folded[n]).length === 1);
    return [...new Set(near.flatMap((name) => this.all.get(name) ?? []))];
  }

  /**
   * How near `text` comes to a title or name of `document`, from 0 to 1.
   * @param {number} document
   * @param {string} text
   */
  nearness(document, text) {
    const folded = this.index.folding.text(text);
    return Math.max(...this.of(document).map((name) => likeness(name, folded)));
  }
}

/**
 * Whether `name` at the place `at` of `text` ends and begins with words, where letters make words.
 * @param {string} text
 * @param {number} at
 * @param {string} name
 */
function isWhole(text, at, name) {
  const end = at + name.length;
  const edges = [text.slice(Math.max(0, at - 1), at + 1), text.slice(end - 1, end + 1)];
  return !edges.some((edge) => /[a-z0-9]{2}/.test(edge));
}

/**
 * The part that two texts share of their runs of letters: of two where they are Chinese, of three elsewhere.
 * @param {string} a
 * @param {string} b
 */
function likeness(a, b) {
  const size = HAN.test(a + b) ? 2 : 3;
  const [runs, others] = [a, b].map((text) => new Set(Array.from(text, (_, n) => text.slice(n, n + size))));
  let shared = 0;
  for (const run of runs) if (others.has(run)) shared++;
  return (2 * shared) / (runs.size + others.size);
}

/**
 * The letters and figures of `text` as they are written.
 * @param {string} text
 */
function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}
