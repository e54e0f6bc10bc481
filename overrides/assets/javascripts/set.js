/**
 * A set of standards as an address: `standards/?only=wq-1-8,wq-1-10`, below the site or below a language.
 *
 * What stands between the commas is a promise to those who keep such a link. It is the address of a standard, or, where
 * that is longer than 16 characters, a full stop and its 32-bit FNV-1a hash as seven figures of base 36: `.0q2k8z1`.
 * The address alone decides it, and so it never changes. Both forms are read, and numbers in any spelling.
 * Letters, figures, hyphens, full stops and commas are what every chat and e-mail takes for a part of a link.
 */
import { ONLY } from "./choice.js";

/** Characters of the longest address that is written whole. */
const LONGEST = 16;

/**
 * The address of a set, below the site or below a language.
 * @param {string[]} addresses those of its standards, in order
 * @param {string[]} listed all those among which a short name is to name one alone
 */
export function setAddress(addresses, listed = addresses) {
  return `standards/?${ONLY}=${setValue(addresses, listed)}`;
}

/**
 * How an address tells a set.
 * @param {string[]} addresses
 * @param {string[]} listed
 */
export function setValue(addresses, listed = addresses) {
  /** @type {Map<string, number>} */
  const uses = new Map();
  for (const one of new Set([...listed, ...addresses])) uses.set(shortName(one), (uses.get(shortName(one)) ?? 0) + 1);
  return addresses.map((one) => (uses.get(shortName(one)) === 1 ? shortName(one) : one)).join(",");
}

/**
 * What stands for a standard's address in that of a set.
 * @param {string} address
 */
export function shortName(address) {
  if (address.length <= LONGEST) return address;
  let hash = 0x811c9dc5;
  for (const letter of address) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return `.${(hash >>> 0).toString(36).padStart(7, "0")}`;
}

/**
 * Have the list show what `address` says, as a new step of the history.
 * @param {URL | string} address
 */
export function visit(address) {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}
