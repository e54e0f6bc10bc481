/** On the page of an address that does not exist: lead a short address in another spelling to the right one. */

const root = new URL("../../", import.meta.url);
const asked = /^([sfb])\/(.+?)\/?$/.exec(decoded(location.pathname.slice(root.pathname.length)));
if (asked) {
  const [, kind, number] = asked;
  const small = number.normalize("NFKC").toLowerCase();
  const spellings = [small.replace(/[^a-z0-9]+/g, "-"), small.replace(/[^a-z0-9-]+/g, "")];
  for (const spelling of spellings) {
    const target = new URL(`${kind}/${spelling}/`, root);
    // Some hosts answer every address with this page, and some an empty name with a folder.
    if (!spelling || target.pathname === location.pathname || !(await exists(target))) continue;
    location.replace(target);
    break;
  }
}

/**
 * The text of an encoded `path`; nothing where it encodes none.
 * @param {string} path
 */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}

/**
 * Whether there is a page at `address`, as far as can be known.
 * @param {URL} address
 */
async function exists(address) {
  try {
    return (await fetch(address, { method: "HEAD" })).ok;
  } catch {
    return false;
  }
}
