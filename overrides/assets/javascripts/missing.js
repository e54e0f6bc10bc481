/** What is said where nothing was found: how much is recorded, where the rest is, what to look for there. */
import { create } from "./elements.js";
import { copy } from "./sharing.js";

/**
 * The way to the official platform, with a button that copies what was `typed`.
 * @param {Record<string, string>} words the labels of the search
 * @param {string} typed
 * @param {string} name what the button is called
 */
export function elsewhere(words, typed, name = words.missing_copy.replace("#", () => typed)) {
  const way = create("p", { class: "bas-elsewhere" });
  way.append(create("a", { href: words.platform, rel: "external" }, words.look_on_platform));
  if (typed) {
    const button = create("button", { type: "button", class: "bas-copy" }, name);
    // Of several lines the first is named.
    button.addEventListener("click", () => copy(typed, typed.replace(/\n[^]*/, " …")));
    way.append(button);
  }
  return way;
}

/**
 * What is said before a count of results of `missing` numbers, if there are any.
 * @param {Record<string, string>} words the labels of the search
 * @param {string[]} missing
 */
export function missingSentence(words, missing) {
  return missing.length ? words.search_missing_numbers.replace("#", () => missing.join(words.list_comma)) : "";
}
