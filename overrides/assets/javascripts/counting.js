/** Says how many were found. */

/**
 * The one of three sentences that fits `count`, with the count in the place of its `#`.
 * @param {number} count
 * @param {{none: string, one: string, other: string}} sentences
 * @returns {string}
 */
export function counted(count, { none, one, other }) {
  if (count < 2) return count ? one : none;
  // The three languages group alike, and the first number that a page formats by Intl costs a phone 60 ms.
  return other.replace("#", String(count).replace(/\B(?=(\d{3})+$)/g, ","));
}
