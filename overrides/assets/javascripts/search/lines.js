/** @typedef {(line: number, at: number) => void} Add takes a line, and where in the text it holds what was looked for */

/** Lines of text in one string, to be scanned at once. */
export class Lines {
  /** @param {string} text */
  constructor(text) {
    this.text = `\n${text}\n`;
    const starts = [];
    for (let at = 0; at < this.text.length - 1; at = this.text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.starts = Uint32Array.from(starts);
  }

  /**
   * The line that holds the position `at`, not before the line `low`.
   * @param {number} at
   * @param {number} low
   */
  lineAt(at, low) {
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * The text of the line `n`.
   * @param {number} n
   */
  line(n) {
    return this.text.slice(this.starts[n], (this.starts[n + 1] ?? this.text.length) - 1);
  }

  /**
   * Call `add(line, at)` for the first place in each line that holds `part` and `fits`.
   * @param {string} part
   * @param {Add} add
   * @param {(at: number) => boolean} fits
   */
  each(part, add, fits = () => true) {
    let line = 0;
    for (let at = this.text.indexOf(part); at >= 0; at = this.text.indexOf(part, at + 1)) {
      if (!fits(at)) continue;
      line = this.lineAt(at, line);
      add(line, at);
      // On to the next line: one place in each is enough.
      at = (this.starts[line + 1] ?? this.text.length) - 2;
    }
  }
}

/**
 * Whether the letters at `at` of `text` are a word, the start of one or the end of a compound such as “mooncakes”:
 * no rain in grain.
 * Chinese has its words anywhere.
 * @param {string} text
 * @param {number} at
 * @param {string} letters
 */
export function isWord(text, at, letters) {
  if (!isLetter(text, at) || !isLetter(text, at - 1)) return true;
  let end = at + letters.length;
  if (text[end] === "s") end++;
  return letters.length > 3 && isLetter(text, at - 2) && isLetter(text, at - 3) && !isLetter(text, end);
}

/**
 * Whether a Latin letter or a figure stands at `at`.
 * @param {string} text
 * @param {number} at
 */
export function isLetter(text, at) {
  const code = text.charCodeAt(at);
  return (code > 96 && code < 123) || (code > 47 && code < 58);
}
