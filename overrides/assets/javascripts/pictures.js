/** Pictures to send or to print, drawn when somebody asks for them. */

/** The side of a module of the QR code, in pixels: some 700 in all, enough for print at 6 cm. */
const MODULE = 20;
/** The side of the square card, in pixels. */
const SIDE = 1080;
const MARGIN = 72;
/** The breadth of the QR code on the card, at most, in pixels. */
const CODE = 460;

/**
 * The QR code as a picture for slides and documents, most of which take no SVG.
 * @param {string} address that of the QR code as SVG, in which a module is one unit wide
 * @returns {Promise<HTMLCanvasElement>}
 */
export async function drawCode(address) {
  const code = await imageAt(address);
  const side = code.naturalWidth * MODULE;
  const [canvas, pen] = blank(side);
  pen.drawImage(code, 0, 0, side, side);
  return canvas;
}

/**
 * A square picture for chats and posts: the card of a page above the QR code and the words of its short link.
 * @param {string} cardAddress that of the card, which is wider than high
 * @param {string} codeAddress that of the QR code as SVG
 * @param {string} invitation what is said beside the QR code
 * @param {string[]} lines the short link
 * @returns {Promise<HTMLCanvasElement>}
 */
export async function drawCard(cardAddress, codeAddress, invitation, lines) {
  const [card, code] = await Promise.all([imageAt(cardAddress), imageAt(codeAddress)]);
  const [canvas, pen] = blank(SIDE);
  const height = (SIDE / card.naturalWidth) * card.naturalHeight;
  pen.drawImage(card, 0, 0, SIDE, height);
  // Whole pixels for each module, or the edges blur.
  const side = code.naturalWidth * Math.floor(CODE / code.naturalWidth);
  const middle = (SIDE + height) / 2;
  // The code brings its own margin.
  pen.drawImage(code, MARGIN / 2, middle - side / 2, side, side);
  const left = MARGIN + side;
  const width = SIDE - MARGIN - left;
  const family = getComputedStyle(document.body).fontFamily;
  pen.fillStyle = "#122528";
  pen.font = `700 64px ${family}`;
  pen.fillText(invitation, left, middle - 20, width);
  pen.font = `36px ${family}`;
  for (const [n, line] of lines.entries()) pen.fillText(line, left, middle + 50 + 50 * n, width);
  return canvas;
}

/** @param {string} address */
async function imageAt(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}

/**
 * A white square with the pen that draws on it.
 * @param {number} side pixels
 * @returns {[HTMLCanvasElement, CanvasRenderingContext2D]}
 */
function blank(side) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser draws no pictures");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, side, side);
  return [canvas, pen];
}
