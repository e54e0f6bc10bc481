/** How titles sound, so that they are found by pinyin, jyutping or initials. */
import { Lines } from "./lines.js";

/**
 * Each syllable with the characters that usually have it, and the syllables, with spaces between, of titles that read
 * otherwise, by their place.
 * @typedef {[usual: Record<string, string>, others: Record<string, string>]} Sounds
 */

/** The titles of a language as they are spoken. */
export class Spoken {
  /**
   * @param {string[]} titles
   * @param {Sounds} sounds
   */
  constructor(titles, [usual, others]) {
    /** @type {Map<number, string>} */
    const sounds = new Map();
    for (const [sound, characters] of Object.entries(usual)) {
      for (const one of characters) sounds.set(one.codePointAt(0) ?? 0, sound);
    }
    const titlesHeard = titles.map((title, n) => others[n]?.split(" ") ?? syllablesOf(title, sounds));
    this.whole = new Lines(titlesHeard.map((one) => one.join("")).join("\n"));
    this.initials = new Lines(titlesHeard.map((one) => one.map((syllable) => syllable[0]).join("")).join("\n"));
    /** Where in `whole` a syllable begins. */
    this.begins = new Uint8Array(this.whole.text.length);
    titlesHeard.forEach((syllables, n) => {
      let at = this.whole.starts[n];
      for (const syllable of syllables) {
        this.begins[at] = 1;
        at += syllable.length;
      }
    });
  }

  /**
   * Call `add(document, score)` for each title in which `heard` begins with a syllable, or has the initials if
   * `hasInitials`; whole titles and their starts score more.
   * @param {string} heard
   * @param {boolean} hasInitials
   * @param {(document: number, score: number) => void} add
   */
  each(heard, hasInitials, add) {
    /** @type {(lines: Lines, at: number) => number} */
    const score = ({ text }, at) => (text[at - 1] !== "\n" ? 0 : text[at + heard.length] === "\n" ? 2 : 1);
    const { whole, initials } = this;
    whole.each(heard, (document, at) => add(document, score(whole, at)), (at) => this.begins[at] === 1);
    if (!hasInitials) return;
    const fits = (/** @type {number} */ at) => heard.length > 2 || score(initials, at) > 0;
    initials.each(heard, (document, at) => add(document, score(initials, at) - 2), fits);
  }
}

/**
 * @param {string} title
 * @param {Map<number, string>} sounds
 */
function syllablesOf(title, sounds) {
  const syllables = [];
  for (let at = 0; at < title.length; at++) {
    const syllable = sounds.get(title.codePointAt(at) ?? 0);
    if (syllable) syllables.push(syllable);
  }
  return syllables;
}
