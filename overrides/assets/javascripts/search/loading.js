/** The index of the site, fetched when it is first wanted and kept for the page; how many it found, in words. */

/**
 * @typedef {{index: import("./engine.js").Index, marked: typeof import("./marking.js").marked}} Loaded
 *   the index, and what marks a query in a text
 */

/** @type {Promise<Loaded> | undefined} */
let loading;

/**
 * The index, with what marks a query in a text.
 * @param {string} root the site's root, absolute or relative to the page
 * @returns {Promise<Loaded>} rejected when it cannot be fetched; the next call tries again
 */
export function loaded(root) {
  loading ??= fetched(new URL("assets/search.json", new URL(root, location.href))).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * What searches comes at the same time as what it searches; not with the page, which few search.
 * @param {URL} address
 * @returns {Promise<Loaded>}
 */
async function fetched(address) {
  const [answer, { Index }, { marked }] = await Promise.all([
    fetch(address),
    import("./engine.js"),
    import("./marking.js"),
    import("./folding.js"),
  ]);
  if (!answer.ok) throw new Error(`search.json: ${answer.status}`);
  return { index: new Index(await answer.json()), marked };
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
