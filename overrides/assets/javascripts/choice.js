/** What a reader chose last, the language and light or dark, and the switches that choose. */

/** @typedef {"zh-Hans" | "zh-Hant" | "en"} Language a language of the site, as its folder is named */

/** @type {Language[]} The languages of the site, in the order in which texts stand side by side. */
export const LANGUAGES = ["zh-Hans", "zh-Hant", "en"];

/** The name under which an address tells the language beside that of the page. */
export const WITH = "with";

/** The name under which an address tells a set of standards. */
export const ONLY = "only";

/** The name under which a browser keeps the set that its reader is choosing. */
const SET = "bas-set";
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

/**
 * `state` as it stands in an address. Commas stay commas: people read them, and chats break a link at what stands for them.
 * @param {URLSearchParams} state
 */
export function query(state) {
  return state.toString().replaceAll("%2C", ",");
}

/** The addresses of the standards that were chosen, in this tab or another, and not cleared since. */
export function chosenSet() {
  return (storedUnder(SET) ?? "").split(",").filter((one) => /^[a-z0-9-]+$/.test(one));
}

/**
 * Keep a set as the chosen one. Whatever shows it listens to `storage`, which comes from other tabs too.
 * @param {string[]} addresses
 */
export function chooseSet(addresses) {
  store(SET, [...new Set(addresses)].join());
  dispatchEvent(new StorageEvent("storage", { key: SET }));
}

/** @type {Map<string, string>} What a browser that keeps nothing has at least for this page. */
const memory = new Map();

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
    return memory.get(name) ?? null;
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
    // The next page knows nothing of it: the browser's languages and the system's colours decide there.
    memory.set(name, value);
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
      const state = new URLSearchParams(location.search);
      // The language beside the one that is left: what is read first changes places with what stands beside it.
      if (state.get(WITH) === link.dataset.basLanguage) state.set(WITH, here);
      url.search = query(state);
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
