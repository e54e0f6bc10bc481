/** Which words are likely the same, though they end otherwise or a letter is wrong. */

const ENDINGS = /(?:ational|ation|tional|ative|ances?|ences?|ments?|ings?|ions?|ers?|ors?|ied|ies|ed|es|al|ly|y|s|e)$/;

/**
 * Whether `word` is another form of `other`, or has a letter or two wrong.
 * @param {string} word
 * @param {string} other
 */
export function isLike(word, other) {
  if (word === `${other}s` || other === `${word}s`) return true;
  if (word.length < 4 || other.length < 4) return false;
  const [a, b] = [word.replace(ENDINGS, ""), other.replace(ENDINGS, "")];
  if (a === b && a.length > 2) return true;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const shorter = Math.min(a.length, b.length);
  if (same > 4 && same >= shorter - (shorter > 6 ? 2 : 0) && Math.abs(a.length - b.length) < 4) return true;
  return word.length > 4 && other.length > 4 && word[0] === other[0] && isNear(word, other, word.length > 7 ? 2 : 1);
}

/**
 * Whether `a` becomes `b` by at most `most` letters changed, left out, put in or exchanged with the next.
 * @param {string} a
 * @param {string} b
 * @param {number} most
 */
function isNear(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return false;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + Number(a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return false;
    [before, last] = [last, row];
  }
  return last[b.length] <= most;
}
