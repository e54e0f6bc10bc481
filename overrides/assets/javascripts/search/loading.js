/** The index of the site, fetched when it is first wanted and kept for the page. */
let loading;

/**
 * The index.
 * @param {string} root the site's root, absolute or relative to the page
 * @returns {Promise<Index>} rejected when the index cannot be fetched; the next call tries again
 */
export function loaded(root) {
  loading ??= fetchedIndex(new URL("assets/search.json", new URL(root, location.href))).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** The engine comes at the same time as what it searches. */
async function fetchedIndex(address) {
  const [{ Index }, answer] = await Promise.all([import("./engine.js"), fetch(address), import("./folding.js")]);
  if (!answer.ok) throw new Error(`search.json: ${answer.status}`);
  return new Index(await answer.json());
}
