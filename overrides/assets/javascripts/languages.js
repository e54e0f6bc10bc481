/** A language switch that keeps the reader's place, and the choice for the next short link. */
import { keepLanguage } from "./choice.js";

/**
 * Let the language links of `page` carry the filter and the fragment along, as they are when followed.
 * @param {Document} page
 */
export function keepPlace(page) {
  for (const link of page.querySelectorAll("[data-bas-language]")) {
    const target = link.href;
    const follow = () => {
      const url = new URL(target);
      url.search = location.search;
      url.hash = location.hash;
      link.href = url.href;
    };
    link.addEventListener("click", () => keepLanguage(link.dataset.basLanguage));
    // Before a click, a middle click, a context menu or the keyboard can use the address.
    for (const event of ["pointerenter", "pointerdown", "focus"]) link.addEventListener(event, follow);
  }
}
