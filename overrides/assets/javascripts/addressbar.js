/**
 * The page's address as the reader changes it, in the browser's history. WebKit refuses more than a hundred changes in
 * a while, so that one made while typing waits for the last key.
 */

/** Milliseconds after which a key was the last one. */
const PAUSE = 250;
/** Milliseconds after which a change that was refused is tried again. */
const AGAIN = 2000;

/** @type {URL | undefined} What the address is to become. */
let next;
let timer = 0;

/**
 * Have the address become `url` in a moment, in the same step of the history.
 * @param {URL} url
 */
export function replaceAddress(url) {
  wait(url, PAUSE);
}

/**
 * Have the address become `url`, in a new step of the history.
 * @param {URL} url
 */
export function pushAddress(url) {
  settle();
  change("pushState", url);
}

/**
 * @param {URL | undefined} url
 * @param {number} pause
 */
function wait(url, pause) {
  clearTimeout(timer);
  next = url;
  if (url) timer = setTimeout(settle, pause);
}

/** Put what waits into the address now. */
function settle() {
  const url = next;
  wait(undefined, 0);
  if (url) change("replaceState", url);
}

/**
 * @param {"pushState" | "replaceState"} method
 * @param {URL} url
 */
function change(method, url) {
  try {
    history[method](null, "", url);
  } catch {
    wait(url, AGAIN);
  }
}

// Before the page is left or the address used: by a link, a button, a shortcut, or in the browser's own bar.
for (const event of ["pointerover", "pointerdown", "click", "focusout", "copy", "pagehide"]) {
  addEventListener(event, settle, true);
}
addEventListener("keydown", (event) => (event.altKey || event.ctrlKey || event.metaKey) && settle(), true);
// Another step has its own address.
addEventListener("popstate", () => wait(undefined, 0));
