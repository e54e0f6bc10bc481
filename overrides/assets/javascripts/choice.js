/** What a reader chose last, the language and light or dark, and the switches that choose. */

/** @typedef {"zh-Hans" | "zh-Hant" | "en"} Language a language of the site, as its folder is named */

/** @type {Language[]} The languages of the site, in the order in which texts stand side by side. */
export const LANGUAGES = ["zh-Hans", "zh-Hant", "en"];

/** The name under which an address tells the language beside that of the page. */
export const WITH = "with";

const LANGUAGE = "bas-language";
const THEME = "bas-theme";
const THEMES = ["", "light", "dark"];

/**
 * The language that was chosen last, else the browser's first that fits.
 * @returns {Language}
 */
export function chosenLanguage() {
  const stored = storedUnder(LANGUAGE);
  const language = LANGUAGES.find((one) => one === stored);
  if (language) return language;
  return navigator.languages.map(languageOf).find(Boolean) ?? "en";
}

/**
 * The language of the site that fits a language tag, such as `zh-HK`.
 * @param {string} tag
 * @returns {Language | undefined}
 */
export function languageOf(tag) {
  const parts = tag.toLowerCase().split("-");
  if (parts[0] === "en") return "en";
  if (parts[0] !== "zh" && parts[0] !== "yue") return undefined;
  if (parts.includes("hans")) return "zh-Hans";
  const isTraditional = ["hant", "hk", "mo", "tw"].some((one) => parts.includes(one)) || parts[0] === "yue";
  return isTraditional ? "zh-Hant" : "zh-Hans";
}

/** @typedef {"localStorage" | "sessionStorage"} Storage_ where a browser keeps something: for good, or for a tab */

/**
 * What is kept under `name`; null where nothing is, or where the browser keeps nothing.
 * @param {string} name
 * @param {Storage_} storage
 */
export function storedUnder(name, storage = "localStorage") {
  try {
    return window[storage].getItem(name);
  } catch {
    return null;
  }
}

/**
 * Keep `value` under `name`.
 * @param {string} name
 * @param {string} value
 * @param {Storage_} storage
 */
export function store(name, value, storage = "localStorage") {
  try {
    window[storage].setItem(name, value);
  } catch {
    // Nothing is kept: the browser's languages and the system's colours decide, and each visit is the first.
  }
}

/**
 * Let the language links of `page` carry the filter and the fragment along, as they are when followed.
 * @param {Document} page
 */
export function keepPlace(page) {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = page.querySelectorAll("a[data-bas-language]");
  const here = [...links].find((link) => link.hasAttribute("aria-current"))?.dataset.basLanguage ?? "";
  for (const link of links) {
    const target = link.href;
    const follow = () => {
      const url = new URL(target);
      url.search = location.search;
      // The language beside the one that is left: what is read first changes places with what stands beside it.
      if (url.searchParams.get(WITH) === link.dataset.basLanguage) url.searchParams.set(WITH, here);
      url.hash = location.hash;
      link.href = url.href;
    };
    link.addEventListener("click", () => store(LANGUAGE, link.dataset.basLanguage ?? ""));
    // Before a click, a middle click, a context menu or the keyboard can use the address.
    for (const event of ["pointerenter", "pointerdown", "focus"]) link.addEventListener(event, follow);
  }
}

/**
 * Show the switch between light, dark and as the system has it. A script in the head of the page has set what was
 * chosen last before anything was drawn.
 * @param {Document} page
 */
export function offerTheme(page) {
  /** @type {HTMLButtonElement | null} */
  const button = page.querySelector(".bas-theme");
  if (!button) return;
  const names = (button.dataset.names ?? "").split("|");
  const next = () => (THEMES.indexOf(page.documentElement.dataset.theme ?? "") + 1) % THEMES.length;
  const name = () => {
    button.title = names[next()];
    button.setAttribute("aria-label", button.title);
  };
  button.addEventListener("click", () => {
    const theme = THEMES[next()];
    page.documentElement.dataset.theme = theme;
    store(THEME, theme);
    name();
  });
  name();
  button.hidden = false;
}
