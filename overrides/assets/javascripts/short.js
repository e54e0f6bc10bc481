/** On a page in no language: open the record in the reader's own. Robots, and readers without script, stay. */
import { chosenLanguage } from "./choice.js";

const isRobot = /bot|crawl|spider|preview|facebookexternalhit|whatsapp/i.test(navigator.userAgent);
/** @type {HTMLAnchorElement | null} */
const link = document.querySelector(`a[data-bas-language="${chosenLanguage()}"]`);
if (link && !isRobot) {
  const target = new URL(link.href);
  target.search = location.search;
  target.hash = location.hash;
  location.replace(target);
}
