/** A text as the letters and figures in it, each with its place: what people write in several ways made one. */
import { MARKS, WORD } from "./folding.js";

/**
 * A run of letters or of figures; `gap` is what stands between it and the one before.
 * @typedef {{text: string, isFigures: boolean, isRun: boolean, gap: string, start: number, end: number}} Token
 */

const ENCODED = /(?:%[\da-f]{2})+|&#?\w+;/gi;

/**
 * What an entity of HTML, such as `&#8212;`, stands for: of those with a name, a dash or a space.
 * @param {string} entity
 */
function characterOf(entity) {
  const point = Number(entity.slice(1, -1).replace(/#x/i, "0x").replace("#", ""));
  if (point >= 0 && point <= 0x10ffff) return String.fromCodePoint(point);
  return /dash|minus|hyphen/i.test(entity) ? "-" : " ";
}

/**
 * `text` without percent encoding and entities, with the place of each of its units in `text`, if it has any.
 * @param {string} text
 * @returns {{plain: string, origins?: number[]}}
 */
export function decoded(text) {
  if (!/[%&]/.test(text)) return { plain: text };
  let plain = "";
  /** @type {number[]} */
  const origins = [];
  /** @type {(one: string, at: number) => void} */
  const add = (one, at) => {
    plain += one;
    for (let n = 0; n < one.length; n++) origins.push(at);
  };
  let at = 0;
  for (const match of text.matchAll(ENCODED)) {
    while (at < match.index) add(text[at], at++);
    if (match[0][0] === "&") {
      add(characterOf(match[0]), at);
      at += match[0].length;
      continue;
    }
    let characters;
    try {
      characters = decodeURIComponent(match[0]);
    } catch {
      continue;
    }
    for (const one of characters) {
      add(one, at);
      const point = one.codePointAt(0) ?? 0;
      at += 3 * (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
    }
  }
  while (at < text.length) add(text[at], at++);
  return { plain, origins: [...origins, text.length] };
}

/** @typedef {{text: string, kind: "figures" | "run" | "letter" | "sign" | "nothing"}} Reading */
/** What is none of a number: the figure of a note or a row, such as `¹` or `②`, and the long mark of Japanese, a dash. */
const BESIDE = /[\p{No}ー]/u;
/** @type {Map<number, Reading>} Character → how it is read, worked out once. */
const READINGS = new Map();

/**
 * @param {number} point
 * @returns {Reading}
 */
function readingOf(point) {
  let reading = READINGS.get(point);
  if (!reading) {
    const character = String.fromCodePoint(point);
    const plain = BESIDE.test(character) ? "" : character.normalize("NFKC").toLowerCase();
    const text = [...plain].filter((one) => WORD.test(one)).join("");
    const kind = /^\d+$/.test(text)
      ? "figures"
      : text
        ? text < "\u0250" ? "run" : "letter"
        : character.replace(MARKS, "") ? "sign" : "nothing";
    READINGS.set(point, (reading = { text, kind }));
  }
  return reading;
}

/**
 * The runs of Latin letters and of figures in `text`, and each letter of other scripts, which write without spaces.
 * @param {string} text
 * @returns {Token[]}
 */
export function tokensOf(text) {
  /** @type {Token[]} */
  const tokens = [];
  let gap = "";
  let before = "sign";
  for (let at = 0, width = 1; at < text.length; at += width) {
    const point = text.codePointAt(at) ?? 0;
    width = point > 0xffff ? 2 : 1;
    const reading = readingOf(point);
    if (reading.kind === "nothing") continue;
    if (reading.kind === "sign") {
      gap += text.slice(at, at + width);
    } else if (reading.kind === before && before !== "letter") {
      const last = tokens[tokens.length - 1];
      last.text += reading.text;
      last.end = at + width;
    } else {
      const isFigures = reading.kind === "figures";
      tokens.push({ text: reading.text, isFigures, isRun: reading.kind === "run", gap, start: at, end: at + width });
      gap = "";
    }
    before = reading.kind;
  }
  for (const token of tokens) if (token.isFigures) token.text = token.text.replace(/^0+(?=.)/, "");
  return tokens;
}
