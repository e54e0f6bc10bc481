/** Which of the three languages a reader wants: the one chosen last, else the browser's first that fits. */

const CHOSEN = "bas-language";

/** @returns {"zh-Hans" | "zh-Hant" | "en"} */
export function chosenLanguage() {
  try {
    const kept = localStorage.getItem(CHOSEN);
    if (["zh-Hans", "zh-Hant", "en"].includes(kept)) return kept;
  } catch {
    // A browser that keeps nothing still has its languages.
  }
  for (const tag of navigator.languages) {
    const parts = tag.toLowerCase().split("-");
    if (parts[0] === "zh" || parts[0] === "yue") {
      if (parts.includes("hans")) return "zh-Hans";
      const isTraditional = ["hant", "hk", "mo", "tw"].some((one) => parts.includes(one)) || parts[0] === "yue";
      return isTraditional ? "zh-Hant" : "zh-Hans";
    }
    if (parts[0] === "en") return "en";
  }
  return "en";
}

/**
 * Keep the choice for the next visit.
 * @param {string} language
 */
export function keepLanguage(language) {
  try {
    localStorage.setItem(CHOSEN, language);
  } catch {
    // Nothing is kept; the browser's languages decide.
  }
}
