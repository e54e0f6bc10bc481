/** Finds the numbers of standards, and the site's own addresses, wherever a text has them, however they are written. */
import { Lines } from "./lines.js";
import { decoded, tokensOf } from "./tokens.js";

/**
 * A place in a text that spells a number or is an address of the site: `documents` are those that it names, none where
 * it has the form of the list's numbers and is not on the list.
 * @typedef {{start: number, end: number, documents: number[], text: string}} Mention
 */

/** @typedef {import("./tokens.js").Token} Token */

/** What may stand between the letters of a number and its figures, and says nothing. */
const PASSED = new Set(["no", "nr", "num", "number", "第", "号", "號"]);
const YEAR = /^(?:19|20)\d\d$/;
/** What ends a number before its figures do: the next column, or the next of several things. */
const APART = /[,;，；、。!?！？|]|^[^\p{Pd}]*[\t\r\n][^\p{Pd}]*$/u;
/** What ties two figures to one number. */
const TIE = /^[\p{Pd}.:：]$/u;
const SLASH = /^ ?[/∕⁄⧸╱＼\\] ?$/;
/** What stands between a number and the next of its series, of which the letters are left out: `WQ 1-8、1-10`. */
const LISTED = /^ *[、,，;；/&+~～]? *$/;
const JOINTS = new Set(["和", "及", "与", "與", "至", "到", "或", "and", "to", "or"]);
/** Tokens of the longest number that is being typed. */
const LONGEST = 12;
/** Numbers of other series, such as GB/T 19855-2023, which tell nothing of a standard of this list. */
export const FOREIGN = new RegExp(
  [
    // With its amendments, such as EN 71-1:2014+A1:2018 or GB 7099-2015/XG1-2023.
    /(?<![a-z])(?:[a-z]{1,8}[/∕／])?[a-z]{1,8}(?: ?\d{2,6}[/∕／]t)?[ .]?\d+(?:[.-]\d+)* ?[-—–:：] ?(?:19|20)\d{2}(?!\d)(?:[+/][a-z]{1,2}\d+[-—–:：](?:19|20)\d{2})*/,
    /(?<![a-z])(?:[a-z]{1,8}[/∕／] ?[a-z]{1,8}|gb|hb|iso|iec|(?:[a-z]{2,5} )?en|bs|din|astm|jis|cns|ansi|ul|db ?\d{2,6}(?:[/∕／]t)?) ?\d+(?:[.-]\d+)*/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gi",
);
/** An address of the site, below any host, folder and language. */
const ADDRESS =
  /(?<![\w%-])(standards|fields|batches|organisations|s|f|b)\/([^\s/?#]*[\p{L}\p{N}])(?:\/(?:index\.\w+)?)?(?:[?#][!-~]*)?/giu;
const FOLDERS = new Map([["s", "standards"], ["f", "fields"], ["b", "batches"]]);

/** The numbers that share their letters, such as `tgbas`. */
class Series {
  /** @type {Map<string, number[]>} The figures, such as `8 2022` → the documents. */
  whole = new Map();

  /** @type {Map<string, number[]> | undefined} The figures without the year → the documents. */
  undated;

  /** Whether each ends with a year. */
  isDated = true;

  /** @type {number[]} How many figures they have, the most first. */
  lengths = [];

  /**
   * @param {string} figures
   * @param {number} document
   */
  add(figures, document) {
    put(this.whole, figures, document);
    const parts = figures.split(" ");
    this.isDated &&= parts.length > 1 && YEAR.test(parts[parts.length - 1]);
    if (!this.lengths.includes(parts.length)) this.lengths = [...this.lengths, parts.length].sort((a, b) => b - a);
  }

  /** @param {string} figures */
  withoutYear(figures) {
    if (!this.isDated) return undefined;
    if (!this.undated) {
      this.undated = new Map();
      for (const [key, documents] of this.whole) for (const one of documents) put(this.undated, key.slice(0, -5), one);
    }
    return this.undated.get(figures);
  }

  /**
   * What `figures` begin with: how many of them are a number, and the documents that have it, none where it has the
   * form of these numbers alone.
   * @param {Token[]} figures
   * @returns {{count: number, documents: number[]} | undefined}
   */
  read(figures) {
    /** @param {number} count */
    const text = (count) => figures.slice(0, count).map((one) => one.text).join(" ");
    // A figure that is tied to a number makes another of it.
    /** @param {number} count */
    const isTied = (count) => count < figures.length && TIE.test(figures[count].gap);
    const fitting = this.lengths.filter((length) => length <= figures.length);
    const whole = fitting.filter((length) => !this.isDated || YEAR.test(figures[length - 1].text));
    for (const count of whole) {
      const documents = this.whole.get(text(count));
      if (documents && !(count < whole[0] && isTied(count))) return { count, documents };
    }
    const bare = this.isDated ? this.lengths.map((length) => length - 1) : [];
    const undated = whole.length ? [] : bare.filter((count) => count <= figures.length && !isTied(count));
    for (const count of undated) {
      const documents = this.withoutYear(text(count));
      if (documents) return { count, documents };
    }
    const joined = isTied(1) ? [] : this.joined(figures[0].text);
    if (joined.length) return { count: 1, documents: joined };
    const [count] = [...whole, ...undated];
    return count ? { count, documents: [] } : undefined;
  }

  /**
   * The documents whose figures are those of `written`, in which no sign parts them: `110` is `1 10`.
   * @param {string} written
   * @returns {number[]}
   */
  joined(written) {
    return this.lengths.flatMap((length) => splits(written, length).flatMap((one) => this.whole.get(one) ?? []));
  }

  /**
   * The documents whose figures begin with those of `written`, in which no sign parts them.
   * @param {string} written
   */
  joinedStart(written) {
    return [...this.whole].flatMap(([figures, documents]) => (figures.replaceAll(" ", "").startsWith(written) ? documents : []));
  }
}

/** All numbers of the list. */
export class Numbers {
  /** @type {Map<string, Series[]> | undefined} Letters → the numbers that have them. */
  series;

  /** @type {Map<string, Series[]>} Letters after a slash → the numbers that have them: `gbas` → those of `tgbas`. */
  short = new Map();

  /** @type {Set<string>} What the letters of a number begin with. */
  starts = new Set();

  /** @type {Map<string, number> | undefined} Address below a language → its document. */
  places;

  /** @param {import("./engine.js").IndexData} data */
  constructor(data) {
    this.data = data;
    this.forms = new Lines(data.forms);
  }

  /** Read the forms: not before a text has figures. */
  read() {
    /** @type {Map<string, Series[]>} */
    const series = new Map();
    this.data.forms.split("\n").forEach((line, document) => {
      let before = "";
      for (const form of line.split("\t")) {
        const at = figuresOf(form);
        if (at) {
          const letters = form.slice(0, at - 1);
          if (!series.has(letters) && !this.short.has(letters)) this.begin(letters);
          if (before.endsWith(form)) {
            const [long] = series.get(before.slice(0, figuresOf(before) - 1)) ?? [];
            const known = this.short.get(letters) ?? [];
            if (long && !known.includes(long)) this.short.set(letters, [...known, long]);
          } else {
            let [own] = series.get(letters) ?? [];
            if (!own) series.set(letters, [(own = new Series())]);
            own.add(form.slice(at), document);
          }
        }
        before = form;
      }
    });
    return (this.series = series);
  }

  /** @param {string} letters */
  begin(letters) {
    for (let length = 1; length <= letters.length; length++) this.starts.add(letters.slice(0, length));
  }

  /**
   * Each place in `text` that spells a number or is an address of the site, in order.
   * @param {string} text
   * @returns {Mention[]}
   */
  mentions(text) {
    const { plain, origins } = decoded(text);
    const tokens = tokensOf(plain);
    /** @type {Mention[]} */
    const mentions = [];
    const hasFigures = tokens.some(({ isFigures }) => isFigures);
    for (let n = 0; hasFigures && n < tokens.length; ) {
      let mention = this.mentionAt(tokens, n);
      if (!mention) n++;
      while (mention) {
        mentions.push({ start: tokens[n].start, end: tokens[mention.last].end, documents: mention.documents, text: "" });
        n = mention.last + 1;
        if (JOINTS.has(tokens[n]?.text)) n++;
        mention = nextOf(mention.series, tokens, n);
      }
    }
    if (!mentions.length) mentions.push(...this.bare(tokens));
    const all = plain.includes("/") ? this.withAddresses(plain, mentions) : mentions;
    return all.map(({ start, end, documents }) => {
      const [from, to] = [origins?.[start] ?? start, origins?.[end] ?? end];
      return { start: from, end: to, documents, text: text.slice(from, to) };
    });
  }

  /**
   * The number that begins with the token `first`: its documents, and its last token.
   * @param {Token[]} tokens
   * @param {number} first
   */
  mentionAt(tokens, first) {
    let letters = "";
    let mention;
    for (let n = first; n < tokens.length && (n === first || !APART.test(tokens[n].gap)); n++) {
      letters = followed(letters, tokens[n]);
      if (!this.starting().has(letters)) break;
      for (const series of this.named(letters, tokens, first)) {
        const figures = figuresAfter(tokens, n + 1, series.lengths[0] + 1);
        const number = figures.length && series.read(figures);
        if (!number || (mention?.documents.length && !number.documents.length)) continue;
        let last = tokens.indexOf(figures[number.count - 1], n);
        // “第8号”
        if (PASSED.has(tokens[last + 1]?.text) && !tokens[last + 1].isRun && !tokens[last + 1].gap) last++;
        // “WQ 1-1O” is a slip, and names no number.
        const slip = tokens[last + 1];
        if (!number.documents.length && slip?.isRun && slip.text.length === 1 && !slip.gap) continue;
        mention = { documents: number.documents, last, series };
      }
    }
    return mention;
  }

  /**
   * Whether `text` has the letters of the list's numbers.
   * @param {string} text
   */
  isOwn(text) {
    const letters = tokensOf(text).reduce((form, token) => (token.isFigures ? form : form + token.text), "");
    return this.starting().has(letters) && (this.series?.has(letters) || this.short.has(letters));
  }

  /** What the letters of a number begin with. */
  starting() {
    if (!this.series) this.read();
    return this.starts;
  }

  /**
   * The numbers whose letters are `letters`, which begin with the token `first`.
   * @param {string} letters
   * @param {Token[]} tokens
   * @param {number} first
   */
  named(letters, tokens, first) {
    const whole = this.series?.get(letters);
    // After “GB/” or “DB44/”, a T begins no number of its own.
    const [before, last] = [tokens[first - 2], tokens[first - 1]];
    const isPart = SLASH.test(tokens[first].gap) && (last?.isRun || (before?.isRun && !last.gap));
    return whole ?? (isPart ? [] : (this.short.get(letters) ?? []));
  }

  /**
   * The number that a text of figures alone spells: `8-2022`.
   * @param {Token[]} tokens
   * @returns {Mention[]}
   */
  bare(tokens) {
    if (tokens.length < 2 || tokens.length > 4 || !tokens.every(({ isFigures }) => isFigures)) return [];
    this.starting();
    const figures = tokens.map(({ text }) => text).join(" ");
    const documents = [...(this.series?.values() ?? [])].flatMap(([series]) => series.whole.get(figures) ?? []);
    return documents.length ? [{ start: tokens[0].start, end: tokens[tokens.length - 1].end, documents, text: "" }] : [];
  }

  /**
   * `mentions` and the addresses of the site in `plain`; one that spells a number spans it.
   * @param {string} plain
   * @param {Mention[]} mentions
   */
  withAddresses(plain, mentions) {
    this.places ??= new Map([
      ...this.data.paths.map((path, document) => /** @type {[string, number]} */ ([path, document])),
      ...Object.entries(this.data.moved).map(([address, document]) => /** @type {[string, number]} */ ([`standards/${address}/`, document])),
    ]);
    const all = [...mentions];
    for (const match of plain.matchAll(ADDRESS)) {
      const folder = match[1].toLowerCase();
      const document = this.places.get(`${FOLDERS.get(folder) ?? folder}/${match[2].toLowerCase()}/`);
      const within = all.filter(({ start }) => start > match.index && start < match.index + match[0].length);
      if (document === undefined && !within.length) continue;
      const end = Math.max(match.index + match[0].length, ...within.map((one) => one.end));
      const documents = document === undefined ? within.flatMap((one) => one.documents) : [document];
      for (const one of within) all.splice(all.indexOf(one), 1);
      all.push({ start: addressStart(plain, match.index), end, documents, text: "" });
    }
    return all.sort((a, b) => a.start - b.start);
  }

  /**
   * The number that the end of `text` begins to spell: where it starts, whether it has figures yet, and the documents
   * whose numbers begin so.
   * @param {string} text
   * @returns {{start: number, hasFigures: boolean, documents: number[]} | undefined}
   */
  begun(text) {
    const { plain, origins } = decoded(text);
    const tokens = tokensOf(plain);
    for (let n = Math.max(0, tokens.length - LONGEST); n < tokens.length; n++) {
      const own = tokens.slice(n);
      const hasFigures = own.some(({ isFigures }) => isFigures);
      // Letters alone are likely a word.
      if (!hasFigures && n) return undefined;
      if (own.some(({ gap }, place) => place && APART.test(gap))) continue;
      const documents = this.beginning(own, hasFigures, !n);
      if (documents.length) return { start: origins?.[own[0].start] ?? own[0].start, hasFigures, documents };
    }
    return undefined;
  }

  /**
   * The documents whose numbers begin with `tokens`; figures alone begin one only where they are the whole text.
   * @param {Token[]} tokens
   * @param {boolean} hasFigures
   * @param {boolean} isWhole
   */
  beginning(tokens, hasFigures, isWhole) {
    const [first, second] = tokens;
    if (first.isFigures && !(isWhole && second && tokens.every(({ isFigures }) => isFigures))) return [];
    if (!first.isFigures && hasFigures && !this.starting().has(first.text)) return [];
    let form = "";
    for (const token of tokens) if (!form || !PASSED.has(token.text)) form = followed(form, token);
    // A zero that leads the figure to come.
    if (/\D 0$/.test(form) || / \d+ 0$/.test(form)) form = form.slice(0, -1);
    /** @type {Set<number>} */
    const documents = new Set();
    const { text } = this.forms;
    const isLetter = (/** @type {number} */ at) => !/[\d\t\n]/.test(text[at - 1]);
    if (first.isFigures) this.forms.each(` ${form}`, (document) => documents.add(document), isLetter);
    else this.forms.each(`\t${form}`, (document) => documents.add(document));
    if (!documents.size && tokens.length === 2 && second.isFigures && !second.gap) {
      for (const series of this.named(first.text, tokens, 0)) for (const one of series.joinedStart(second.text)) documents.add(one);
    }
    return [...documents];
  }

  /**
   * Where a number is not on the list: the `count` nearest with the same letters, the nearest first.
   * @param {string} number
   * @param {number} count
   * @returns {number[]}
   */
  nearest(number, count) {
    const tokens = tokensOf(decoded(number).plain);
    const at = tokens.findIndex((_, n) => this.mentionAt(tokens, n));
    let letters = "";
    let n = at;
    for (; n < tokens.length && !tokens[n].isFigures && !this.named(letters, tokens, at).length; n++) letters = followed(letters, tokens[n]);
    const figures = figuresAfter(tokens, n, LONGEST).map(({ text }) => Number(text));
    const near = this.named(letters, tokens, at).flatMap((series) =>
      [...series.whole].flatMap(([key, documents]) => {
        const theirs = key.split(" ").map(Number);
        const distance = figures.reduce((sum, one, place) => sum * 1e4 + Math.abs(one - (theirs[place] ?? one)), 0);
        return documents.map((document) => ({ document, distance }));
      }),
    );
    near.sort((a, b) => a.distance - b.distance || a.document - b.document);
    return [...new Set(near.map(({ document }) => document))].slice(0, count);
  }
}

/**
 * @param {Map<string, number[]>} map
 * @param {string} key
 * @param {number} document
 */
function put(map, key, document) {
  const documents = map.get(key);
  if (documents) documents.push(document);
  else map.set(key, [document]);
}

/**
 * Where the last figures of a form begin; 0 where it ends with letters.
 * @param {string} form
 */
function figuresOf(form) {
  let at = form.length;
  while (at > 0 && form.charCodeAt(at - 1) <= 57) at--;
  return at < form.length ? at + 1 : 0;
}

/**
 * `form` with a token more: letters run together, figures stand apart.
 * @param {string} form
 * @param {Token} token
 */
function followed(form, token) {
  return form && (token.isFigures || /\d$/.test(form)) ? `${form} ${token.text}` : form + token.text;
}

/**
 * The figures from the token `n` on that belong together, at most `most`.
 * @param {Token[]} tokens
 * @param {number} n
 * @param {number} most
 */
function figuresAfter(tokens, n, most) {
  /** @type {Token[]} */
  const figures = [];
  // A line may end after the letters.
  const isNear = (/** @type {Token} */ { gap }) => !APART.test(gap) || (!figures.length && /^ ?[\r\n]+ ?$/.test(gap));
  for (; n < tokens.length && figures.length < most && isNear(tokens[n]); n++) {
    if (tokens[n].isFigures) figures.push(tokens[n]);
    else if (!PASSED.has(tokens[n].text)) break;
  }
  return figures;
}

/**
 * The number of `series` whose figures alone begin with the token `n`: its documents, and its last token.
 * @param {Series} series
 * @param {Token[]} tokens
 * @param {number} n
 */
function nextOf(series, tokens, n) {
  for (const length of LISTED.test(tokens[n]?.gap) ? series.lengths : []) {
    const figures = tokens.slice(n, n + length + 1);
    const isNumber = figures.slice(1).every(({ isFigures, gap }, place) => (isFigures && TIE.test(gap)) === place < length - 1);
    const documents = length > 1 && isNumber && series.whole.get(figures.slice(0, length).map(({ text }) => text).join(" "));
    if (documents) return { documents, last: n + length - 1, series };
  }
  return undefined;
}

/**
 * The ways to part `digits` into `count` figures.
 * @param {string} digits
 * @param {number} count
 * @returns {string[]}
 */
function splits(digits, count) {
  if (count === 1) return [digits.replace(/^0+(?=.)/, "")];
  const ways = [];
  for (let at = 1; at <= Math.min(digits.length - count + 1, 8); at++) {
    const [first] = splits(digits.slice(0, at), 1);
    for (const rest of splits(digits.slice(at), count - 1)) ways.push(`${first} ${rest}`);
  }
  return ways;
}

/**
 * Where the address begins that names a folder of the site at `at`.
 * @param {string} text
 * @param {number} at
 */
function addressStart(text, at) {
  let start = at;
  while (start > 0 && /[\w.~%:/-]/.test(text[start - 1])) start--;
  return start;
}
