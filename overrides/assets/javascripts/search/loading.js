/** The index of the site, fetched when it is first wanted and kept for the page. */
import { Index } from "./engine.js";

let loading;

/**
 * The index.
 * @param {string} root the site's root, absolute or relative to the page
 * @returns {Promise<Index>} rejected when the index cannot be fetched; the next call tries again
 */
export function loaded(root) {
  loading ??= fetch(new URL("assets/search.json", new URL(root, location.href)))
    .then((answer) => {
      if (!answer.ok) throw new Error(`search.json: ${answer.status}`);
      return answer.json();
    })
    .then((data) => new Index(data))
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}
