/**
 * QR codes of a reader's own text, drawn in the browser: byte mode in UTF-8, versions 1 to 40, level M where that keeps
 * the code small and level L beyond.
 * After ISO/IEC 18004:2015: blocks and their correction words (table 9), alignment patterns (annex E, as a rule),
 * format and version (annexes C and D), masks (7.8.2) and their penalties (7.8.3), the field of 256 elements (7.5.2).
 */

/** @typedef {number[][]} Modules rows of 1 for dark and 0 for light; NaN where nothing stands yet */
/** @typedef {"L" | "M"} Level how much of a code may be lost: 7 % or 15 % */
/**
 * Words of data, blocks, correction words in each.
 * @typedef {{level: Level, version: number, data: number, blocks: number, correction: number}} Size
 */

/** By level and version: the correction words of a block, and how many blocks there are. */
const BLOCKS = {
  L: [
    "7 10 15 20 26 18 20 24 30 18 20 24 26 30 22 24 28 30 28 28 28 28 30 30 26 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30",
    "1 1 1 1 1 2 2 2 2 4 4 4 4 4 6 6 6 6 7 8 8 9 9 10 12 12 12 13 14 15 16 17 18 19 19 20 21 22 24 25",
  ],
  M: [
    "10 16 26 18 24 16 18 22 22 26 30 22 22 24 24 28 28 26 26 26 26 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28",
    "1 1 1 2 2 4 4 4 5 5 5 8 9 9 10 10 11 13 14 16 17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49",
  ],
};
/** The versions of each level, the preferred first. @type {[Level, number][]} */
const SIZES = [["M", 10], ["L", 40]];
/** Where each mask turns a module over. @type {((y: number, x: number) => boolean)[]} */
const MASKS = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (_, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => ((y >> 1) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
];

/** The code of a text, with how it was made. @param {string} text */
export function qrCode(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const sizes = SIZES.flatMap(([level, last]) => Array.from({ length: last }, (_, n) => sizeOf(level, n + 1)));
  const size = sizes.find((one) => bytes.length + 2 + Number(one.version > 9) <= one.data);
  if (!size) throw new RangeError("The text is too long for a QR code");
  const { version, level } = size;
  const words = inBlocks(dataWords(bytes, size), size);
  const codes = MASKS.map((_, mask) => filled(patterns(version), words, level, mask));
  const penalties = codes.map(penalty);
  const mask = penalties.indexOf(Math.min(...penalties));
  return { modules: codes[mask], version, level, mask };
}

/** @type {(level: Level, version: number) => Size} */
const sizeOf = (level, version) => {
  const [correction, blocks] = BLOCKS[level].map((row) => Number(row.split(" ")[version - 1]));
  const lines = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const alignments = lines ? (25 * lines - 10) * lines - 55 : 0;
  const all = ((16 * version + 128) * version + 64 - alignments - (version > 6 ? 36 : 0)) >> 3;
  return { level, version, data: all - correction * blocks, blocks, correction };
};

/** Mode, length and bytes as words, with padding. @type {(bytes: number[], size: Size) => number[]} */
const dataWords = (bytes, { version, data }) => {
  const length = bytes.length.toString(2).padStart(version > 9 ? 16 : 8, "0");
  const text = `0100${length}${bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("")}0000`;
  const words = (text.match(/.{8}/g) ?? []).map((word) => parseInt(word, 2));
  return Array.from({ length: data }, (_, n) => words[n] ?? ((n - words.length) % 2 ? 0x11 : 0xec));
};

/** Data and correction words, of each block the first, then the second. @type {(words: number[], size: Size) => number[]} */
const inBlocks = (words, { data, blocks, correction }) => {
  const least = Math.floor(data / blocks);
  const starts = Array.from({ length: blocks + 1 }, (_, n) => n * least + Math.max(0, n - blocks + (data % blocks)));
  const parts = starts.slice(1).map((end, n) => words.slice(starts[n], end));
  const checks = parts.map((part) => corrected(part, correction));
  /** @type {(all: number[][], length: number) => number[]} */
  const inTurn = (all, length) => Array.from({ length }, (_, n) => all.flatMap((one) => one.slice(n, n + 1))).flat();
  return [...inTurn(parts, least + 1), ...inTurn(checks, correction)];
};

/** The product of two elements of the field. @type {(a: number, b: number) => number} */
const product = (a, b) => {
  let sum = 0;
  for (let bit = 7; bit >= 0; bit--) sum = (sum << 1) ^ ((sum >> 7) * 285) ^ (((b >> bit) & 1) * a);
  return sum;
};

/** The correction words of a block. @type {(words: number[], count: number) => number[]} */
const corrected = (words, count) => {
  let divisor = [...Array(count - 1).fill(0), 1];
  for (let n = 0, root = 1; n < count; n++, root = product(2, root)) {
    divisor = divisor.map((one, place) => product(one, root) ^ (divisor[place + 1] ?? 0));
  }
  /** @type {(rest: number[], word: number) => number[]} */
  const divide = (rest, word) => divisor.map((one, n) => product(one, word ^ rest[0]) ^ (rest[n + 1] ?? 0));
  return words.reduce(divide, Array(count).fill(0));
};

/** A value with its check of some bits after it. @type {(value: number, divisor: number, bits: number) => number} */
const checked = (value, divisor, bits) => {
  let rest = value;
  for (let n = 0; n < bits; n++) rest = (rest << 1) ^ ((rest >> (bits - 1)) * divisor);
  return (value << bits) | rest;
};

/** What all codes of a version have: timing, alignment, finders, the version. @type {(version: number) => Modules} */
const patterns = (version) => {
  const side = 17 + 4 * version;
  /** @type {Modules} */
  const modules = Array.from({ length: side }, () => Array(side).fill(NaN));
  /** @type {(row: number, column: number, reach: number, light: number[]) => void} */
  const square = (row, column, reach, light) => {
    for (let y = Math.max(0, row - reach); y <= Math.min(side - 1, row + reach); y++) {
      for (let x = Math.max(0, column - reach); x <= Math.min(side - 1, column + reach); x++) {
        modules[y][x] = Number(!light.includes(Math.max(Math.abs(y - row), Math.abs(x - column))));
      }
    }
  };
  for (const [row, column] of [[3, 3], [3, side - 4], [side - 4, 3]]) square(row, column, 4, [2, 4]);
  const count = Math.floor(version / 7) + 2;
  const step = version === 32 ? 26 : 2 * Math.ceil((2 * version + 2) / (count - 1));
  const lines = Array.from({ length: version > 1 ? count : 0 }, (_, n) => (n ? side - 7 - (count - 1 - n) * step : 6));
  // Where a finder stands there is no room.
  for (const row of lines) for (const column of lines) if (Number.isNaN(modules[row][column])) square(row, column, 2, [1]);
  for (let n = 8; n < side - 8; n++) modules[6][n] = modules[n][6] = 1 - (n % 2);
  for (let n = 0; version > 6 && n < 18; n++) {
    const [near, far] = [Math.floor(n / 3), side - 11 + (n % 3)];
    modules[near][far] = modules[far][near] = (checked(version, 0x1f25, 12) >> n) & 1;
  }
  return modules;
};

/** A blank code with its format, and with the words under a mask. @type {(modules: Modules, words: number[], level: Level, mask: number) => Modules} */
const filled = (modules, words, level, mask) => {
  const side = modules.length;
  const near = [0, 1, 2, 3, 4, 5, 7, 8];
  const places = [...near.map((n) => [n, 8]), ...near.slice(0, 7).reverse().map((n) => [8, n])];
  places.push(...near.map((_, n) => [8, side - 1 - n]), ...near.slice(1).map((_, n) => [side - 7 + n, 8]));
  const format = checked((level === "L" ? 8 : 0) | mask, 0x537, 10) ^ 0x5412;
  for (const [n, [y, x]] of places.entries()) modules[y][x] = (format >> (n % 15)) & 1;
  modules[side - 8][8] = 1;
  let bit = 0;
  for (let right = side - 1; right > 0; right -= right === 8 ? 3 : 2) {
    for (let n = 0; n < side; n++) {
      const y = (right + 1) & 2 ? n : side - 1 - n;
      for (const x of [right, right - 1]) {
        if (!Number.isNaN(modules[y][x])) continue;
        modules[y][x] = ((words[bit >> 3] >> (7 - (bit & 7))) & 1) ^ Number(MASKS[mask](y, x));
        bit++;
      }
    }
  }
  return modules;
};

/** How hard a code is to read: runs, blocks, what looks like a finder, too much of one colour. @type {(modules: Modules) => number} */
const penalty = (modules) => {
  const side = modules.length;
  let points = 0;
  let dark = 0;
  for (const line of [...modules, ...modules.map((_, x) => modules.map((row) => row[x]))].map((one) => one.join(""))) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2;
    points += 40 * [...`0000${line}0000`.matchAll(/00001011101|1011101(?=0000)/g)].length;
  }
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      dark += modules[y][x];
      const sum = y && x ? modules[y][x] + modules[y - 1][x] + modules[y][x - 1] + modules[y - 1][x - 1] : 1;
      if (sum % 4 === 0) points += 3;
    }
  }
  return points + 10 * Math.floor(Math.abs((20 * dark) / side ** 2 - 10));
};
