/** On the page of an address that does not exist: the frame in the reader's language, and the page that was meant. */
import { Asked } from "./address.js";
import { chosenLanguage } from "./choice.js";
import { create, loaded } from "./elements.js";
import { elsewhere } from "./missing.js";

const root = new URL("../../", import.meta.url);
const path = location.pathname.slice(root.pathname.length);
const asked = new Asked(path);
const language = asked.language ?? chosenLanguage();
const section = putFrame();
import("./site.js");
lead().catch(() => {});

/**
 * Put the frame of the reader's language around the page, and leave out the other languages.
 * @returns {HTMLElement} what it says in that language
 */
function putFrame() {
  const frame = /** @type {HTMLTemplateElement} */ (document.querySelector(`[data-bas-frame=${language}]`));
  const answer = /** @type {HTMLElement} */ (document.querySelector(`section[lang=${frame.lang}]`));
  const heading = /** @type {HTMLElement} */ (answer.querySelector("h2"));
  const page = /** @type {HTMLElement} */ (document.querySelector("main"));
  document.documentElement.lang = frame.lang;
  document.title = heading.textContent;
  heading.replaceWith(create("h1", { id: "top" }, heading.textContent));
  answer.parentElement?.replaceChildren(answer);
  const { content } = frame;
  const before = [...content.children].filter((one) => one.matches(".bas-skip, .bas-header"));
  page.before(...before);
  page.after(content);
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const switches = document.querySelectorAll("a[data-bas-language]");
  // The same question in another language.
  if (asked.language) for (const one of switches) one.href += asked.path;
  return answer;
}

/** Open the page that is meant; where that is not sure, offer the likeliest. */
async function lead() {
  const opener = /** @type {HTMLElement} */ (document.querySelector("[data-bas-search]"));
  const { index, words } = await loaded(opener);
  const { path: meant, isSure, near } = asked.meaning(index);
  if (isSure && open(`${language}/${meant}`)) return;
  const below = [`${language}/${asked.path}`];
  // A folder of the site's own is no page.
  if (asked.parts.length > 1) below.unshift(asked.path);
  for (const candidate of asked.language ? [] : below) {
    if ((await exists(candidate)) && open(candidate)) return;
  }
  const typed = asked.typed(index);
  const way = elsewhere(words, typed);
  const [sentence, platform] = section.querySelectorAll("p");
  sentence.textContent = words.missing_address;
  platform.replaceWith(way);
  if (!near.length) return;
  const links = near.map((one) => {
    const title = create("a", { href: new URL(`${language}/${index.data.paths[one]}`, root).href }, index.title(one, language));
    const lang = index.titleLang(one, language);
    if (lang) title.lang = lang;
    const numbers = one < index.standards ? index.printedNumbers(one, language).join(words.list_comma) : "";
    return create("li", {}, title, " ", create("span", { class: "bas-number" }, numbers));
  });
  way.before(create("p", {}, words.missing_near), create("ul", { class: "bas-standards-named" }, ...links));
}

/**
 * Go to a page of the site, with the query and the fragment; whether it is another than this one.
 * @param {string} place
 */
function open(place) {
  const target = new URL(place, root);
  // Where a page is lacking that should be there, it would be asked for without end.
  if (target.pathname === location.pathname) return false;
  target.search = location.search;
  target.hash = location.hash;
  location.replace(target);
  return true;
}

/**
 * Whether there is a file at `place`. Some hosts answer every address with this page.
 * @param {string} place
 */
async function exists(place) {
  const answer = await fetch(new URL(place, root));
  return answer.ok && !(await answer.text()).includes("data-bas-frame=");
}
