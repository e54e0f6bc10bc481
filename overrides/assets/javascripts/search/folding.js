/**
 * Text and numbers without what people write in several ways, so that a query and a title meet.
 * The generator folds by the same rules in `folding.py`; a test holds the two against one table.
 */

const MARKS = /\p{M}+/gu;
const NOT_WORD = /[^\p{L}\p{N}\n]+/gu;
// Ranges, because a browser takes milliseconds to prepare a pattern with \p{Script=Han}.
const HAN = "\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
const BESIDE_HAN = new RegExp(`(?<=[${HAN}]) | (?=[${HAN}])`, "g");
const WORDS = new RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{L}\\p{N}])+`, "gu");
const AT_EDGE = /^ | $/gm;
const PLAIN = /^[ -~]*$/;
const PLAIN_RUNS = /[a-z]+|[0-9]+/g;
const RUNS = /\p{L}+|\p{N}+/gu;

/**
 * The table that turns Traditional, regional and other variants into one form.
 * @param {string} pairs variant and form, one after the other
 * @returns {Map<string, string>}
 */
export function variantsOf(pairs) {
  const table = new Map();
  const characters = [...pairs];
  for (let n = 0; n < characters.length; n += 2) table.set(characters[n], characters[n + 1]);
  return table;
}

/**
 * `text` in one case and width, without accents, each variant in its one form.
 * @param {string} text
 * @param {Map<string, string>} variants
 * @returns {string}
 */
function plain(text, variants) {
  const bare = text.normalize("NFKC").toLowerCase().normalize("NFD").replace(MARKS, "").normalize("NFC");
  return variants.size ? bare.replace(anyOf(variants), (character) => variants.get(character)) : bare;
}

const patterns = new WeakMap();

/** What matches any character of a table; built once. */
function anyOf(variants) {
  if (!patterns.has(variants)) patterns.set(variants, new RegExp(`[${[...variants.keys()].join("")}]`, "gu"));
  return patterns.get(variants);
}

/**
 * Many texts folded in one go, with a line feed between.
 * @param {string[]} texts
 * @param {Map<string, string>} variants
 * @returns {string}
 */
export function foldedLines(texts, variants) {
  const lines = texts.map((text) => text.replaceAll("\n", " ")).join("\n");
  return plain(lines, variants).replace(NOT_WORD, " ").replace(AT_EDGE, "").replace(BESIDE_HAN, "");
}

/**
 * `text` as words: one space between them, none beside a Chinese character.
 * @param {string} text
 * @param {Map<string, string>} variants
 * @returns {string}
 */
export function folded(text, variants) {
  return foldedLines([text], variants);
}

/**
 * The words of `text`: what stands between spaces and signs, Chinese apart from other writing.
 * @param {string} text
 * @param {Map<string, string>} variants
 * @returns {string[]}
 */
export function wordsOf(text, variants) {
  return plain(text, variants).match(WORDS) ?? [];
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
  // Most numbers are plain, and plain patterns are the faster ones.
  const runs = PLAIN.test(number) ? number.toLowerCase().match(PLAIN_RUNS) : number.normalize("NFKC").toLowerCase().match(RUNS);
  for (const run of runs ?? []) {
    const letters = !/^\p{N}/u.test(run);
    form += letters && last === "letters" ? run : ` ${letters ? run : run.replace(/^0+(?=.)/, "")}`;
    last = letters ? "letters" : "figures";
  }
  return form.slice(1);
}
