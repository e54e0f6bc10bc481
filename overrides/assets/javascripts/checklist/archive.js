/** Reads single files out of a ZIP archive, within bounds. */

const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** Bytes of the longest comment at the end of an archive, with what stands before it. */
const LONGEST_END = 0xffff + 22;
/** Bytes that may be unpacked of one archive: one that was made to fill the memory ends here. */
const MOST = 40_000_000;

/** An archive, and how much of it may still be unpacked. */
export class Archive {
  /** @param {ArrayBuffer} buffer */
  constructor(buffer) {
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.left = MOST;
    /** @type {Map<string, number>} Name, in small letters → where its entry begins. */
    this.entries = new Map();
    let at = this.end();
    const count = this.view.getUint16(at + 10, true);
    at = this.view.getUint32(at + 16, true);
    for (let n = 0; n < count; n++) {
      if (this.view.getUint32(at, true) !== ENTRY) throw new RangeError("no entry");
      const length = this.view.getUint16(at + 28, true);
      this.entries.set(new TextDecoder().decode(this.bytes.subarray(at + 46, at + 46 + length)).toLowerCase(), at);
      at += 46 + length + this.view.getUint16(at + 30, true) + this.view.getUint16(at + 32, true);
    }
  }

  /** Where the record begins that ends the archive. */
  end() {
    const last = this.bytes.length - 22;
    for (let at = last; at >= Math.max(0, last - LONGEST_END); at--) if (this.view.getUint32(at, true) === END) return at;
    throw new RangeError("no end");
  }

  /**
   * The text of the file `name`; "" where there is none.
   * @param {string} name
   */
  async text(name) {
    const entry = this.entries.get(name.toLowerCase());
    if (entry === undefined) return "";
    const start = this.view.getUint32(entry + 42, true);
    const at = start + 30 + this.view.getUint16(start + 26, true) + this.view.getUint16(start + 28, true);
    const packed = this.bytes.subarray(at, at + this.view.getUint32(entry + 20, true));
    const bytes = new Blob([packed]).stream();
    const isPacked = this.view.getUint16(entry + 10, true) > 0;
    const stream = isPacked ? bytes.pipeThrough(new DecompressionStream("deflate-raw")) : bytes;
    const decoder = new TextDecoder();
    let text = "";
    const reader = stream.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      this.left -= part.value.length;
      if (this.left < 0) {
        reader.cancel().catch(() => {});
        throw new RangeError("too much");
      }
      text += decoder.decode(part.value, { stream: true });
    }
    return text + decoder.decode();
  }
}
