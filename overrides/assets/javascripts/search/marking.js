/** Shows which part of a title a query matched. */
import { HAN } from "./folding.js";
import { isLike } from "./likeness.js";
import { isLetter, isWord } from "./lines.js";

/** @typedef {(text: string) => {nodes: Node[], isMarked: boolean}} Marker gives a text as nodes, with what matched marked */

/**
 * What marks the whole `query` in a text or, where that is not there, each of its `words`, else what is like them.
 * @param {string} query
 * @param {string[]} words those that tell something; a number is none
 * @param {import("./folding.js").Folding} folding
 * @returns {Marker}
 */
export function marker(query, words, folding) {
  const [whole, ...parts] = [folding.text(query), ...words];
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
    if (!hits.length) hits = parts.flatMap((part) => likePlacesOf(part, form));
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
 * The places in `form` that have the folded `part` as words.
 * @param {string} part
 * @param {string} form
 * @returns {number[]}
 */
function placesOf(part, form) {
  const pattern = patternOf(part);
  const found = pattern ? [...form.matchAll(pattern)].filter(({ index, 0: text }) => {
    // “Oyster s” is no part of “oyster sauce” that has “oysters”.
    const isBroken = text.replace(/ +/g, " ") !== part && !HAN.test(part) && isLetter(form, index + text.length);
    return !isBroken && isWord(form, index, text);
  }) : [];
  return found.flatMap(placesIn);
}

/**
 * The places in `form` of words that are like `part`.
 * @param {string} part
 * @param {string} form
 * @returns {number[]}
 */
function likePlacesOf(part, form) {
  return [...form.matchAll(/[a-z0-9]+/g)].filter(([word]) => isLike(part, word)).flatMap(placesIn);
}

/** @param {RegExpMatchArray} match */
function placesIn({ index = 0, 0: text }) {
  return Array.from(text, (_, n) => index + n);
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
