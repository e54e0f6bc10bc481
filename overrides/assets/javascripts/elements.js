/** What the other modules build with: new elements, files of the site, the search, counts in words, what is typed. */

/**
 * @typedef {object} Loaded
 * @property {import("./search/engine.js").Index} index
 * @property {typeof import("./search/marking.js").marker} marker what marks a query in a text
 * @property {typeof import("./missing.js")} missing what is said, and the way on, where something is missing
 * @property {Record<string, string>} words what the search says in the page's language, by label
 */

/**
 * A new element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function create(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * Whether a key belongs to an input method, not to us. In Safari the one that ends a word comes after it, known by its
 * code alone.
 * @param {KeyboardEvent} event
 */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
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

/** @type {Promise<Loaded> | undefined} */
let loading;

/**
 * The search: its index, its words and what marks a query in a text. It is fetched when it is first wanted, as few
 * search, and kept for the page.
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
 * What searches comes at the same time as what it searches, and no part of it after another that names it.
 * @param {URL} folder that of the files
 * @param {string} wording the file of the words
 * @returns {Promise<Loaded>}
 */
async function together(folder, wording) {
  const [data, words, { Index }, { marker }, missing] = await Promise.all([
    fetched(new URL("search.json", folder)).then((answer) => answer.json()),
    fetched(new URL(wording, folder)).then((answer) => answer.json()),
    import("./search/engine.js"),
    import("./search/marking.js"),
    import("./missing.js"),
    import("./search/folding.js"),
    import("./search/likeness.js"),
    import("./search/lines.js"),
    import("./search/numbers.js"),
    import("./search/sounds.js"),
    import("./search/synonyms.js"),
    import("./search/tokens.js"),
  ]);
  return { index: new Index(data), marker, missing, words };
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

/**
 * Add the style sheet at `address` to the page.
 * @param {string} address
 * @returns {Promise<unknown>} resolved when it applies; rejected where it cannot be fetched
 */
export function styled(address) {
  const link = create("link", { rel: "stylesheet", href: address });
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
  });
}

/**
 * Do `act` when another text stands in `field`. A word that is still composed counts in Latin letters alone, which the
 * keyboards of phones compose too; others, such as ㄩㄝˋ, count when the word is chosen.
 * @param {HTMLInputElement} field
 * @param {(isComposing: boolean) => void} act
 */
export function onTyped(field, act) {
  let isComposing = false;
  let ending = 0;
  field.addEventListener("compositionstart", () => (isComposing = true));
  field.addEventListener("compositionend", () => {
    isComposing = false;
    // In some browsers the input comes now, in others it came before.
    ending = setTimeout(() => act(false));
  });
  field.addEventListener("input", (event) => {
    clearTimeout(ending);
    const { data } = /** @type {InputEvent} */ (event);
    if (!isComposing || /^[\p{Script=Latin}\p{N}\p{P}\s]*$/u.test(data ?? "")) act(isComposing);
  });
}
