/** The index of the site and the search's words, fetched when first wanted and kept for the page; how many it found. */

/**
 * @typedef {object} Loaded
 * @property {import("./engine.js").Index} index
 * @property {typeof import("./marking.js").marked} marked what marks a query in a text
 * @property {Record<string, string>} words what the search says in the page's language, by label
 */

/** @type {Promise<Loaded> | undefined} */
let loading;

/**
 * The index, with its words and what marks a query in a text.
 * @param {HTMLElement} opener the header's link, which names the site's root and the language
 * @returns {Promise<Loaded>} rejected when it cannot be fetched; the next call tries again
 */
export function loaded(opener) {
  const { root, language } = opener.dataset;
  loading ??= together(new URL(`${root}assets/`, location.href), `words/${language}.json`).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * What searches comes at the same time as what it searches; not with the page, which few search.
 * @param {URL} folder that of the files
 * @param {string} wording the file of the words
 * @returns {Promise<Loaded>}
 */
async function together(folder, wording) {
  const [data, words, { Index }, { marked }] = await Promise.all([
    fetched(new URL("search.json", folder)).then((answer) => answer.json()),
    fetched(new URL(wording, folder)).then((answer) => answer.json()),
    import("./engine.js"),
    import("./marking.js"),
    import("./folding.js"),
  ]);
  return { index: new Index(data), marked, words };
}

/**
 * The answer to a request for `address`; rejected where there is no such file.
 * @param {string | URL} address
 */
export async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer;
}

/**
 * The one of three sentences that fits `count`, with the count in the place of its `#`.
 * @param {number} count
 * @param {{none?: string, one?: string, other?: string}} sentences
 * @returns {string}
 */
export function counted(count, { none = "", one = "", other = "" }) {
  if (count < 2) return count ? one : none;
  // The three languages group alike, and the first number that a page formats by Intl costs a phone 60 ms.
  return other.replace("#", String(count).replace(/\B(?=(\d{3})+$)/g, ","));
}
