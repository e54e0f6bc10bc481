/** Copying a number, a title, a link, and sharing a page: by the clipboard or by the system. Asks no service. */
import { create, fetched } from "./elements.js";

/**
 * Show the copy buttons of `page`. Each copies the text of its `data-copy`, that of the element before it where it has
 * none, or, with `data-copy-file`, the file that the link before it leads to. A link with `data-copies` copies on the
 * way what the reader will search for there.
 * @param {Document} page
 */
export function offerCopying(page) {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = page.querySelectorAll("[data-copy]");
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const words = button.dataset.copy || button.previousElementSibling?.textContent || "";
      copy(words, button.dataset.named);
    });
  }
  /** @type {NodeListOf<HTMLButtonElement>} */
  const fileButtons = page.querySelectorAll("[data-copy-file]");
  for (const button of fileButtons) {
    const link = /** @type {HTMLAnchorElement} */ (button.previousElementSibling);
    button.hidden = false;
    button.addEventListener("click", () => keep(fileAt(link.href), link.textContent));
  }
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = page.querySelectorAll("[data-copies]");
  for (const link of links) {
    /** @type {HTMLElement} */ (link.parentElement?.querySelector("[hidden]")).hidden = false;
    link.addEventListener("click", async (event) => {
      const copying = copy(link.dataset.copies ?? "");
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      // Leaving the page at once would end the copying.
      event.preventDefault();
      await copying;
      location.assign(link.href);
    });
  }
}

/**
 * The text of a file of this site.
 * @param {string} address
 * @returns {Promise<Blob>}
 */
async function fileAt(address) {
  const answer = await fetched(address);
  return new Blob([await answer.text()], { type: "text/plain" });
}

/**
 * Put `words` into the clipboard; the page's status region says whether it worked, and that `named` was copied.
 * @param {string} words
 * @param {string} [named]
 */
export function copy(words, named = words) {
  return keep(Promise.resolve(new Blob([words], { type: "text/plain" })), named);
}

/**
 * Put what `text` will be into the clipboard, and say that `named` was copied, or that it could not be.
 * @param {Promise<Blob>} text
 * @param {string} named
 */
async function keep(text, named) {
  const said = /** @type {HTMLElement} */ (document.getElementById("bas-said"));
  // Where there is no clipboard nobody waits for it.
  text.catch(() => {});
  try {
    // Given at once, as a promise: a browser allows it only while it remembers the click.
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
    say(said, `${said.dataset.copied} ${named}`);
  } catch {
    // Refused, no such file, or a page without https: the reader can still select the text.
    say(said, said.dataset.failed ?? "");
  }
}

const SHOWN = 2500;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let clearing;

/**
 * Show `words` in the status region for a while.
 * @param {HTMLElement} said
 * @param {string} words
 */
export function say(said, words) {
  said.textContent = words;
  clearTimeout(clearing);
  clearing = setTimeout(() => (said.textContent = ""), SHOWN);
}

/**
 * Show the buttons of the share row of `page` that this browser can serve.
 * @param {Document} page
 */
export function offerSharing(page) {
  /** @type {HTMLElement | null} */
  const row = page.querySelector(".bas-share");
  if (!row) return;
  const link = /** @type {HTMLAnchorElement} */ (row.querySelector(".bas-short-link"));
  const picture = /** @type {HTMLImageElement} */ (row.querySelector("img"));
  const code = picture.src;
  const neutral = link.href;
  const short = link.textContent;
  const message = row.dataset.basMessage;
  const file = short.split("/").filter(Boolean).join("-");
  /** @type {Record<string, (button: HTMLButtonElement) => void>} */
  const ways = {
    link: () => copy(neutral),
    page: () => copy(location.origin + location.pathname),
    message: () => copy(`${message}\n${neutral}`),
    // The code is on paper, whether it was on the screen or not.
    print: () => {
      picture.loading = "eager";
      picture.decode().then(print, print);
    },
    // The bare link: many apps send a text instead of it. Dismissing the sheet is no fault.
    system: () => navigator.share({ title: page.title, url: neutral }).catch(() => {}),
    code: (button) => hand(button, `${file}-qr.png`, (pictures) => pictures.drawCode(code)),
    card: (button) => {
      const { card = "", scan = "" } = button.dataset;
      const lines = [neutral.slice(neutral.indexOf("//") + 2, -short.length), short];
      hand(button, `${file}.png`, (pictures) => pictures.drawCard(card, code, scan, lines));
    },
  };
  if (!navigator.share) delete ways.system;
  for (const [name, share] of Object.entries(ways)) {
    /** @type {HTMLButtonElement | null} */
    const button = row.querySelector(`[data-bas-share="${name}"]`);
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => share(button));
  }
}

/**
 * Download the picture that `draw` makes as `file`, and show it below `button`: the browsers in some chats download
 * nothing, but let the reader keep a picture that is on the page.
 * @param {HTMLButtonElement} button
 * @param {string} file
 * @param {(pictures: typeof import("./pictures.js")) => Promise<HTMLCanvasElement>} draw
 */
export async function hand(button, file, draw) {
  const details = /** @type {HTMLElement} */ (button.closest("details"));
  try {
    // Few readers ask for pictures.
    const address = (await draw(await import("./pictures.js"))).toDataURL();
    /** @type {HTMLImageElement} */
    const picture = details.querySelector(".bas-picture") ?? new Image(296);
    picture.className = "bas-picture";
    picture.alt = button.textContent;
    picture.src = address;
    details.append(picture);
    create("a", { href: address, download: file }).click();
  } catch {
    const said = /** @type {HTMLElement} */ (document.getElementById("bas-said"));
    say(said, details.dataset.failed ?? "");
  }
}
