/** What the other modules build with: new elements, files of the site, counts in words, what is typed. */

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
