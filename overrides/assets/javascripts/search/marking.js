/** Shows which part of a title a query matched. */
import { HAN } from "./folding.js";
import { isWord } from "./lines.js";

/** @typedef {(text: string) => {nodes: Node[], isMarked: boolean}} Marker gives a text as nodes, with what matched marked */

/**
 * What marks the whole `query` in a text or, where that is not there, each of its `words`.
 * @param {string} query
 * @param {string[]} words those that tell something; a number is none
 * @param {import("./folding.js").Folding} folding
 * @returns {Marker}
 */
export function marker(query, words, folding) {
  const [whole, ...parts] = [folding.text(query), ...words].map(patternOf);
  return (text) => {
    // The folded text, and where in the text each of its characters came from.
    let form = "";
    /** @type {number[]} */
    const origins = [];
    const characters = [...text];
    characters.forEach((character, n) => {
      const folded = folding.text(character) || (/[\p{M}\p{Cf}]/u.test(character) ? "" : " ");
      form += folded;
      for (let unit = 0; unit < folded.length; unit++) origins.push(n);
    });
    let hits = placesOf(whole, form);
    if (!hits.length) hits = parts.flatMap((part) => placesOf(part, form));
    const isHit = new Set(hits.map((at) => origins[at]));
    return { nodes: nodesOf(characters, isHit), isMarked: isHit.size > 0 };
  };
}

/**
 * What finds the folded `part` with whatever signs between its characters; nothing for a letter by itself.
 * @param {string} part
 */
function patternOf(part) {
  const characters = [...part.replaceAll(" ", "")];
  return characters.length > 1 || HAN.test(part) ? new RegExp(characters.join(" *"), "g") : undefined;
}

/**
 * The places in `form` that `pattern` finds as words.
 * @param {RegExp | undefined} pattern
 * @param {string} form
 * @returns {number[]}
 */
function placesOf(pattern, form) {
  const found = pattern ? [...form.matchAll(pattern)].filter(({ index, 0: text }) => isWord(form, index, text)) : [];
  return found.flatMap(({ index, 0: text }) => Array.from(text, (_, n) => index + n));
}

/**
 * `characters` as nodes, with those marked that `isHit` has.
 * @param {string[]} characters
 * @param {Set<number>} isHit
 */
function nodesOf(characters, isHit) {
  const nodes = [];
  for (let n = 0; n < characters.length; ) {
    const start = n;
    const hit = isHit.has(n);
    while (n < characters.length && isHit.has(n) === hit) n++;
    const text = document.createTextNode(characters.slice(start, n).join(""));
    if (!hit) nodes.push(text);
    else {
      const mark = document.createElement("mark");
      mark.append(text);
      nodes.push(mark);
    }
  }
  return nodes;
}
