/** How much is new in the log since the reader's last visit. This browser alone remembers when that was. */
import { counted, create } from "./elements.js";
import { store, storedUnder } from "./choice.js";

const VISIT = "bas-visit";

/**
 * Say on `page` how many entries the log has had since the visit before this one; nothing at the first visit.
 * @param {Document} page
 */
export function tellNews(page) {
  /** @type {HTMLElement | null} */
  const note = page.querySelector(".bas-visit");
  if (!note) return;
  const { days = "", href } = note.dataset;
  const [newest] = days.split(" ");
  // A visit lasts as long as its tab, unless the list changes.
  const visit = `${VISIT} ${newest}`;
  const before = storedUnder(visit, "sessionStorage") ?? storedUnder(VISIT);
  store(visit, before ?? newest, "sessionStorage");
  store(VISIT, newest);
  const count = before ? newSince(before, days.split(" ")) : 0;
  if (!count) return;
  const words = counted(count, note.dataset);
  note.replaceChildren(href ? create("a", { href }, words) : words);
  note.hidden = false;
}

/**
 * How many entries came since the newest day was `before`.
 * @param {string} before that day with its number of entries, such as `2026-01-27:5`
 * @param {string[]} days each day of the log likewise
 */
function newSince(before, days) {
  const [last, known] = before.split(":");
  let count = 0;
  for (const one of days) {
    const [day, entries] = one.split(":");
    if (day > last) count += Number(entries);
    // More was recorded on the day itself.
    else if (day === last) count += Math.max(0, Number(entries) - Number(known));
  }
  return count;
}
