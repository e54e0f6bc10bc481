/**
 * Text and numbers without what people write in several ways, so that a query and a title meet.
 * The generator writes numbers by the same rule, in `catalogue/numbers.py`; a test holds the two against one table.
 */

const HAN_RANGES = "\\u3007\\u3400-\\u9fff\\uf900-\\ufaff";
/** Any Chinese character. Ranges, because a browser takes milliseconds to prepare \p{Script=Han}. */
export const HAN = new RegExp(`[${HAN_RANGES}]`);
const WORDS = new RegExp(`[${HAN_RANGES}]+|[^${HAN_RANGES} \\n\\t]+`, "g");
/** What shows nothing of its own: marks on letters, and what no reader sees, such as a zero-width space. */
export const MARKS = /[\p{M}\p{DI}]/gu;
const UNSEEN = /\p{DI}/gu;
export const WORD = /[\p{L}\p{N}]/u;
const RUNS = /\p{L}+|\p{N}+/gu;
const SPACE = 32;
const LINE = 10;
const TAB = 9;
/** What an accent becomes. */
const NOTHING = 0xffff;
const units = new TextDecoder("utf-16le", { ignoreBOM: true });

/**
 * Folds text: one case and width, no accents, each variant in its one form, what is no word a space.
 * Each character is worked out once and looked up after: a phone prepares regular expressions more slowly.
 */
export class Folding {
  /** @param {string} pairs each variant, Traditional or regional, followed by its form */
  constructor(pairs) {
    const characters = [...pairs];
    this.variants = new Map();
    for (let n = 0; n < characters.length; n += 2) this.variants.set(characters[n], characters[n + 1]);
    // Code unit → what it becomes; 0 where that is not known yet.
    this.known = new Uint16Array(0x10000);
    this.known[LINE] = LINE;
    this.known[TAB] = TAB;
  }

  /**
   * `text` as words: one space between them, none beside a Chinese character.
   * @param {string} text
   * @returns {string}
   */
  text(text) {
    return this.spaced(text.replace(/[\n\t]/g, " "), false);
  }

  /**
   * Many texts in one go, each a line; the line feeds that part several in one become tabs.
   * @param {string[]} texts
   * @returns {string}
   */
  lines(texts) {
    return this.spaced(texts.map((text) => text.replaceAll("\n", "\t")).join("\n"), false);
  }

  /**
   * The words of `text`: what stands between spaces and signs, Chinese apart from other writing.
   * @param {string} text
   * @returns {string[]}
   */
  words(text) {
    return this.spaced(text, true).match(WORDS) ?? [];
  }

  /**
   * `text` with one space where words are apart, `besideHan` beside a Chinese character too.
   * @param {string} text
   * @param {boolean} besideHan
   */
  spaced(text, besideHan) {
    const read = text.normalize("NFKC");
    const written = new Uint16Array(read.length);
    let length = 0;
    let last = LINE;
    let isApart = false;
    for (let n = 0; n < read.length; n++) {
      const unit = this.known[read.charCodeAt(n)] || this.unit(read, n);
      if (unit === SPACE) {
        isApart = true;
      } else if (unit !== NOTHING) {
        if (isApart && last > SPACE && unit > SPACE && (besideHan || !(isHan(last) || isHan(unit)))) {
          written[length++] = SPACE;
        }
        written[length++] = last = unit;
        isApart = false;
      }
    }
    return units.decode(written.subarray(0, length));
  }

  /**
   * What the unit at `n` of `read` becomes, worked out and kept.
   * @param {string} read
   * @param {number} n
   * @returns {number}
   */
  unit(read, n) {
    const unit = read.charCodeAt(n);
    // Most are Chinese, and have no case and no marks.
    if (isHan(unit)) return (this.known[unit] = this.variants.get(read[n])?.charCodeAt(0) ?? unit);
    // Half of a rare character.
    if (unit >= 0xd800 && unit < 0xe000) {
      const start = unit < 0xdc00 ? n : n - 1;
      const pair = read.slice(start, start + 2);
      return WORD.test(pair) ? unit : pair.replace(MARKS, "") ? SPACE : NOTHING;
    }
    const bare = read[n].toLowerCase().normalize("NFD").replace(MARKS, "").normalize("NFC");
    const form = this.variants.get(bare) ?? bare;
    const becomes = !form ? NOTHING : WORD.test(form) ? form.charCodeAt(0) : SPACE;
    this.known[unit] = becomes;
    return becomes;
  }
}

/**
 * Whether a code unit is a Chinese character.
 * @param {number} unit
 */
function isHan(unit) {
  return (unit >= 0x3400 && unit <= 0x9fff) || unit === 0x3007 || (unit >= 0xf900 && unit <= 0xfaff);
}

/**
 * A number as it is compared: its letters together, then its figures without leading zeros, with
 * spaces between: `T/GBAS 6-2022` → `tgbas 6 2022`. '' where there is nothing to compare.
 * @param {string} number
 * @returns {string}
 */
export function foldedNumber(number) {
  let form = "";
  let last = "";
  for (const run of number.normalize("NFKC").replace(UNSEEN, "").toLowerCase().match(RUNS) ?? []) {
    const letters = !/^\p{N}/u.test(run);
    form += letters && last === "letters" ? run : ` ${letters ? run : run.replace(/^0+(?=.)/, "")}`;
    last = letters ? "letters" : "figures";
  }
  return form.slice(1);
}
