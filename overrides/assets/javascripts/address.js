/** Which page an address means that does not exist as it is written. */
import { languageOf } from "./choice.js";
import { TIERS } from "./search/engine.js";

/** @typedef {import("./choice.js").Language} Language */
/** @typedef {import("./search/engine.js").Index} Index */
/** @typedef {{path: string, isSure: boolean, near: number[]}} Meaning the page it means, "" for none; those near it */

const EDGES = /^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu;
/** Folders of short links. */
const SHORT = ["s", "f", "b"];
/** Languages as other sites of Hong Kong name them. */
const ABBREVIATED = new Map([["sc", "zh-hans"], ["tc", "zh-hant"]]);
const NEAREST = 5;

/** What an address asks for. */
export class Asked {
  /** @param {string} path below the site, encoded */
  constructor(path) {
    // A chat takes what follows an address for a part of it.
    const parts = decoded(path).normalize("NFKC").split("/").map((part) => part.replace(EDGES, ""));
    const names = parts.filter((part) => part && !/^index\.\w+$/i.test(part)).map((part) => part.replace(/\.html?$/i, ""));
    const [first = ""] = names;
    /** @type {Language | undefined} The language that it names. */
    this.language = languageOf(ABBREVIATED.get(first.toLowerCase()) ?? first.replace("_", "-"));
    /** @type {string[]} Its parts below the language. */
    this.parts = this.language ? names.slice(1) : names;
  }

  /** Where it would lie below a language, or below the site; encoded, as a colon or backslash could name a host. */
  get path() {
    const path = this.parts.map((part) => encodeURIComponent(part.toLowerCase())).join("/");
    return !path || /\.\w+$/.test(path) ? path : `${path}/`;
  }

  /**
   * The number or title that it names, in words.
   * @param {Set<string>} folders those of the site
   */
  words(folders) {
    const [first = "", ...others] = this.parts;
    const isFolder = folders.has(first.toLowerCase());
    return (isFolder ? others : this.parts).join(" ").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  /**
   * What is typed elsewhere to find it: a number as it is printed, else its words.
   * @param {Index} index
   */
  typed(index) {
    const words = this.words(foldersOf(index));
    const [, association, letters, figures] = /^(t )?([a-z]+) ?(\d[\d ]*)$/i.exec(words) ?? [];
    return letters ? `${association ? "T/" : ""}${letters.toUpperCase()} ${figures.replaceAll(" ", "-")}` : words;
  }

  /**
   * The page it means, as far as `index` knows.
   * @param {Index} index
   * @returns {Meaning}
   */
  meaning(index) {
    const paths = index.data.paths.filter((path) => !path.includes("#"));
    const folders = foldersOf(index);
    const { path } = this;
    if (!path || index.data.paths.some((one) => one.startsWith(path))) return { path, isSure: true, near: [] };
    const last = path.split("/").at(-2);
    const named = paths.filter((one) => one.split("/")[1] === last);
    if (named.length === 1) return { path: named[0], isSure: true, near: [] };
    const found = index.search(this.words(folders));
    const [best, second] = found.ranked();
    const isTitle = best !== undefined && found.tiers[best] <= TIERS.indexOf("title") && found.tiers[best] !== found.tiers[second];
    const isSure = isTitle && !found.numberIsMissing && paths.includes(index.data.paths[best]);
    return { path: isSure ? index.data.paths[best] : "", isSure, near: found.ranked().slice(0, NEAREST) };
  }
}

/**
 * The folders in which pages lie.
 * @param {Index} index
 */
function foldersOf(index) {
  return new Set([...SHORT, ...index.data.paths.map((path) => path.split("/")[0])]);
}

/**
 * The text of an encoded `path`; itself where it encodes none.
 * @param {string} path
 */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
