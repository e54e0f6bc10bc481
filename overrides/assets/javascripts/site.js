/**
 * What script adds to a page that is complete without it: the switches of language and light, copying and sharing,
 * the filters of the standards list and of the log, views of a table, the set that is being chosen, what is new since
 * the last visit, the search.
 */
import { chosenSet, keepPlace, offerTheme } from "./choice.js";
import { create, isComposing, loaded, styled } from "./elements.js";
import { offerCopying, offerSharing } from "./sharing.js";

// On a narrow screen the menu scrolls; where the reader is should be in sight.
document.querySelector(".bas-menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

offerTheme(document);
offerCopying(document);
offerSharing(document);
keepPlace(document);
/** @type {HTMLAnchorElement | null} */
const opener = document.querySelector("[data-bas-search]");
if (opener) offerSearch(opener);
// What few pages need. Where it does not arrive the page is there without it.
if (document.querySelector("[data-bas-filter]")) {
  import("./filter.js").then(({ offerFilter }) => offerFilter(document), () => {});
} else if (document.querySelector(".bas-standards")) {
  import("./views.js").then(({ offerViews }) => offerViews(document), () => {});
}
if (document.querySelector(".bas-log-filter")) {
  import("./log.js").then(({ offerLogFilter }) => offerLogFilter(document), () => {});
}
if (opener && chosenSet().length) {
  import("./tray.js").then(({ offerTray }) => offerTray(opener)).catch(() => {});
}
if (document.querySelector(".bas-visit")) {
  import("./visit.js").then(({ tellNews }) => tellNews(document), () => {});
}

/**
 * Let `opener`, the header's link to the list, `/`, Ctrl/⌘-K and the field of the home page open the search box.
 * @param {HTMLAnchorElement} opener
 */
function offerSearch(opener) {
  const { open, prepare } = boxOf(opener);
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    open();
  });
  for (const event of ["pointerenter", "focus"]) opener.addEventListener(event, prepare, { once: true });
  openByKeys(open);
  /** @type {HTMLInputElement | null} */
  const field = document.querySelector(".bas-seek input");
  if (field) passOn(field, open, prepare);
}

/**
 * What opens the box of `opener`, and what has it come before.
 * @param {HTMLAnchorElement} opener
 */
function boxOf(opener) {
  /** @type {import("./search/box.js").Box | undefined} */
  let box;
  /** @type {Promise<typeof import("./search/box.js")> | undefined} */
  let loading;
  // Few search: the box comes when it is first wanted, and its look and its index with it.
  const load = () => {
    const sheet = `${opener.dataset.root}assets/stylesheets/search.css`;
    loaded(opener).catch(() => {});
    loading ??= Promise.all([import("./search/box.js"), styled(sheet)]).then(([parts]) => parts);
    loading.catch(() => (loading = undefined));
    return loading;
  };
  /** @type {HTMLInputElement | undefined} */
  let early;
  const open = async (words = "") => {
    if (box) return box.open(words);
    if (early) return early.focus();
    const before = /** @type {HTMLElement} */ (document.activeElement);
    // What is typed until the box has come. A phone shows its keys only for a field that is focused at once.
    early = create("input", { class: "bas-early", "aria-label": opener.dataset.placeholder ?? "" });
    opener.after(early);
    early.focus({ preventScroll: true });
    const typed = follow(early);
    try {
      const { Box } = await load();
      await typed.word;
      box = new Box(opener);
      box.open(words + early.value, typed.isEntered);
      box.dialog.addEventListener("close", () => before.focus(), { once: true });
    } catch {
      location.assign(opener.href);
    }
    early.remove();
    early = undefined;
  };
  return { open, prepare: () => void load().catch(() => {}) };
}

/**
 * How far the reader is who types into `field`: whether Enter was the last key, and when the word that is composed ends.
 * @param {HTMLInputElement} field
 */
function follow(field) {
  /** @type {{isEntered: boolean, word?: Promise<unknown>}} */
  const typed = { isEntered: false };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !isComposing(event)) typed.isEntered = true;
  });
  field.addEventListener("input", () => (typed.isEntered = false));
  field.addEventListener("compositionstart", () => {
    typed.word = new Promise((resolve) => field.addEventListener("compositionend", resolve, { once: true }));
  });
  return typed;
}

/**
 * Let `/` and Ctrl/⌘-K open the box by `open`, the first of them unless the reader is typing.
 * @param {() => void} open
 */
function openByKeys(open) {
  document.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const isField = /^(?:input|textarea|select)$/i.test(target.tagName) || target.isContentEditable;
    // Keys go to the search field for a moment more after its box was closed.
    const isTyping = isField && target.getClientRects().length > 0;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // Without a key comes what a browser fills in by itself.
    const isK = event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isK || (event.key === "/" && isPlain && !isTyping)) {
      event.preventDefault();
      open();
    }
  });
}

/**
 * Let the box that `open` opens take over what is typed into `field`.
 * @param {HTMLInputElement} field
 * @param {(words?: string) => void} open
 * @param {() => void} load
 */
function passOn(field, open, load) {
  const pass = () => {
    const words = field.value;
    field.value = "";
    if (words) open(words);
  };
  field.setAttribute("aria-haspopup", "dialog");
  field.addEventListener("focus", load, { once: true });
  field.addEventListener("click", () => open());
  // An input method is given the time to choose its characters.
  field.addEventListener("input", (event) => /** @type {InputEvent} */ (event).isComposing || pass());
  field.addEventListener("compositionend", pass);
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    open(field.value);
  });
}
