/** Which standards fit a filter, in which order, and as rows: what the list asks of the search index. */
import { ONLY } from "./choice.js";
import { create } from "./elements.js";
import { foldedNumber } from "./search/folding.js";
import { shortName } from "./set.js";

/** @typedef {import("./choice.js").Language} Language */
/** @typedef {typeof FACETS[number]} Facet */

const UNTIL = "until";
const FACETS = /** @type {const} */ (["field", "batch", "publisher", "status", "route"]);

/** The standards of the index, in the order of the list, each known by its place there. */
export class Listing {
  /**
   * @param {import("./elements.js").Loaded} loaded
   * @param {Language} language
   */
  constructor({ index, words }, language) {
    this.index = index;
    this.words = words;
    this.language = language;
    /** @type {Map<string, number> | undefined} What names a standard in a set, once a set is asked for. */
    this.names = undefined;
  }

  /** What compares names as readers look them up: Simplified ones by pinyin, Traditional ones by strokes, English ones
   * by letters. */
  get collator() {
    const orders = { "zh-Hans": "zh-Hans-u-co-pinyin", "zh-Hant": "zh-Hant-HK-u-co-stroke", en: "en" };
    return new Intl.Collator(orders[this.language], { numeric: true });
  }

  /**
   * The place of the standard at `address`; -1 where there is none.
   * @param {string} address
   */
  place(address) {
    return this.index.data.paths.indexOf(`standards/${address}/`);
  }

  /**
   * The address of the standard at `place`.
   * @param {number} place
   */
  address(place) {
    return this.index.data.paths[place].split("/")[1];
  }

  /**
   * The standards that a set asks for, each once and in its order, and what it asks for that is not recorded here.
   * @param {string} only addresses, their short names, numbers in any spelling, with commas between
   */
  members(only) {
    this.names ??= this.named();
    const { names } = this;
    /** @type {Set<number>} */
    const places = new Set();
    /** @type {Set<string>} */
    const unknown = new Set();
    for (const asked of only.normalize("NFKC").split(/[,、;\n]/)) {
      // A chat takes what follows an address for a part of it.
      const name = asked.replace(/^[^\p{L}\p{N}.]+|[^\p{L}\p{N}]+$/gu, "");
      if (!name) continue;
      const place = names.get(name.toLowerCase()) ?? names.get(foldedNumber(name));
      if (place === undefined) unknown.add(name);
      else places.add(place);
    }
    return { places: [...places], unknown: [...unknown] };
  }

  /** What names a standard in a set → its place. A short name that two could have names neither. */
  named() {
    const { data, standards } = this.index;
    const addresses = Array.from({ length: standards }, (_, n) => /** @type {[string, number]} */ ([this.address(n), n]));
    const former = Object.entries(data.moved ?? {}).filter(([, place]) => place < standards);
    /** @type {Map<string, number>} */
    const names = new Map();
    const shared = new Set();
    for (const [address, place] of [...addresses, ...former]) {
      const short = shortName(address);
      if (names.has(short)) shared.add(short);
      names.set(short, place).set(address, place);
    }
    for (const short of shared) names.delete(short);
    data.numbers.forEach((numbers, n) => {
      for (const number of numbers.split("\n").map(foldedNumber)) if (number && !names.has(number)) names.set(number, n);
    });
    return names;
  }

  /**
   * The standards that fit `state`, in its order.
   * @param {URLSearchParams} state
   */
  shown(state) {
    return this.sorted(this.fitting(state), state.get("sort") ?? "");
  }

  /**
   * The standards that fit the words of `state` and its facets but for `except`, the best first.
   * @param {URLSearchParams} state
   * @param {string} except
   */
  fitting(state, except = "") {
    const { index } = this;
    const wanted = FACETS.filter((facet) => facet !== except && state.get(facet));
    const until = except === UNTIL ? "" : state.get(UNTIL);
    const last = index.data.paths.indexOf(`batches/${until}/`);
    // Batches follow each other in time, and so in the index.
    /** @type {(batch: number) => boolean} */
    const isInTime = (batch) => !until || (batch >= 0 && batch <= last);
    const query = state.get("q");
    const only = state.get(ONLY);
    const every = only === null ? Array.from({ length: index.standards }, (_, n) => n) : this.members(only).places;
    const members = new Set(every);
    const all = query ? this.matching(query).filter((one) => members.has(one)) : every;
    return all
      .filter((one) => isInTime(index.data.batch[one]))
      .filter((one) => wanted.every((facet) => this.values(facet, one).includes(state.get(facet) ?? "")));
  }

  /**
   * What matches `query`, the best first; those nearest to a number that is missing do not.
   * @param {string} query
   */
  matching(query) {
    const found = this.index.search(query);
    return found.areNearest ? [] : found.ranked();
  }

  /**
   * How many standards each value of the choice `name` would show beside the rest of `state`.
   * @param {URLSearchParams} state
   * @param {string} name
   */
  counts(state, name) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    const facet = /** @type {Facet} */ (name === UNTIL ? "batch" : name);
    for (const one of this.fitting(state, name)) {
      for (const value of this.values(facet, one)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  }

  /**
   * The values of a facet of the standard at `place` as they stand in an address; `none` where none is stated.
   * @param {Facet} facet
   * @param {number} place
   */
  values(facet, place) {
    const { data } = this.index;
    if (facet === "status" || facet === "route") return [data[facet][place] || "none"];
    const records = facet === "field" ? data.fields[place] : [data[facet][place]].filter((one) => one >= 0);
    return records.length ? records.map((one) => data.paths[one].split("/")[1]) : ["none"];
  }

  /**
   * `documents` in the order of `sort`, a column, or one with a minus before it; those without a value stand last
   * either way.
   * @param {number[]} documents
   * @param {string} sort
   * @returns {number[]}
   */
  sorted(documents, sort) {
    if (!sort) return documents;
    const { collator, index } = this;
    const { data } = index;
    const down = sort.startsWith("-");
    /** @param {number} place */
    const title = (place) => (place < 0 ? "" : index.title(place, this.language));
    /** @type {Record<string, (document: number) => string>} */
    const keys = {
      // Those without a title in the language stand last too.
      title: (one) => (index.titleLang(one, this.language) ? "" : title(one)),
      // The numbers of the list by themselves, before those of the bodies, which begin with a slash.
      number: (one) => data.numbers[one] && `${Number(/^.*\//.test(data.numbers[one]))} ${data.numbers[one]}`,
      field: (one) => title(data.fields[one][0] ?? -1),
      batch: (one) => (data.batch[one] < 0 ? "" : String(data.batch[one])),
    };
    const key = keys[sort.replace(/^-/, "")];
    return documents
      .map((one) => /** @type {[number, string]} */ ([one, key(one)]))
      .sort(([a, x], [b, y]) => {
        if (!x || !y) return Number(!x) - Number(!y) || a - b;
        return (down ? -1 : 1) * collator.compare(x, y) || a - b;
      })
      .map(([one]) => one);
  }

  /**
   * The link to the document at `place`.
   * @param {number} place
   * @param {string} up the way to the folder of the language
   */
  link(place, up) {
    const link = create("a", { href: up + this.index.data.paths[place] }, this.index.title(place, this.language));
    const lang = this.index.titleLang(place, this.language);
    if (lang) link.lang = lang;
    return link;
  }

  /**
   * The row of the standard at `place`, which stands on another page, made after the `pattern` of this page's.
   * @param {HTMLTableRowElement} pattern
   * @param {number} place
   * @param {{up: string, unknown: DOMStringMap, status: string}} words the way to the folder of the language, what is
   *   said of a cell that is not known, the status of a standard that is not in force
   */
  row(pattern, place, { up, unknown, status }) {
    const row = /** @type {HTMLTableRowElement} */ (pattern.cloneNode(true));
    const { data } = this.index;
    const { list_comma, new_here, batch_derived } = this.words;
    row.id = this.address(place);
    /** @type {(name: string, parts: (Node | string)[], marks?: Record<string, string>) => void} */
    const fill = (name, parts, marks = {}) => {
      const cell = /** @type {HTMLElement} */ (row.querySelector(`.bas-${name}`));
      const between = parts.flatMap((one, n) => (n ? [list_comma, one] : [one]));
      cell.replaceChildren(...(between.length ? between : [span("bas-none", unknown[name] ?? "")]));
      for (const [kind, mark] of Object.entries(marks)) if (mark) cell.append(" ", span(kind, mark));
    };
    const isNew = data.new.includes(place);
    fill("title", [this.link(place, up)], { "bas-status": status, "bas-new": isNew ? new_here : "" });
    fill("number", this.index.printedNumbers(place, this.language).filter(Boolean).map(numberSpan));
    fill("field", data.fields[place].map((field) => this.link(field, up)));
    const batch = data.batch[place] < 0 ? [] : [this.index.title(data.batch[place], this.language)];
    fill("batch", batch, { "bas-ours": data.derived.includes(place) ? batch_derived : "" });
    return row;
  }
}

/**
 * @param {string} kind
 * @param {string} words
 */
function span(kind, words) {
  return create("span", { class: kind }, words);
}

/**
 * A number as a table shows it; a designation is told by its slash.
 * @param {string} number
 */
function numberSpan(number) {
  return span(number.includes("/") ? "bas-designation" : "bas-identifier", number);
}
