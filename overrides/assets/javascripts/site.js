/**
 * What script adds to a page that is complete without it: the switches of language and light, copying and sharing,
 * the filter of the standards list, the search.
 */
import { keepPlace, offerTheme } from "./choice.js";
import { Box } from "./search/box.js";
import { loaded } from "./search/loading.js";
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
if (document.querySelector("[data-bas-filter]")) {
  // Where it does not arrive the list is there without it.
  import("./filter.js").then(({ offerFilter }) => offerFilter(document), () => {});
}

/**
 * Let `opener`, the header's link to the list, `/` and Ctrl/⌘-K open the search box.
 * @param {HTMLAnchorElement} opener
 */
function offerSearch(opener) {
  /** @type {Box | undefined} */
  let box;
  const load = () => loaded(opener.dataset.root ?? "").catch(() => {});
  const open = () => {
    // The index comes while the box is drawn.
    load();
    box ??= new Box(opener);
    box.open();
  };
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
  for (const event of ["pointerenter", "focus"]) opener.addEventListener(event, load, { once: true });
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const isField = /^(?:input|textarea|select)$/i.test(target.tagName) || target.isContentEditable;
    // Keys go to the search field for a moment more after its box was closed.
    const isTyping = isField && target.getClientRects().length > 0;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isK || (event.key === "/" && isPlain && !isTyping)) {
      event.preventDefault();
      open();
    }
  });
}
