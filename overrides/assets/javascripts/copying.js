/** Buttons that copy a number or a title. */

/**
 * Show the copy buttons of `page` and let each copy the text of its `data-copy`.
 * The page's status region says whether it worked.
 * @param {Document} page
 */
export function offerCopying(page) {
  const said = page.getElementById("bas-said");
  for (const button of page.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        say(said, `${said.dataset.copied} ${button.dataset.copy}`);
      } catch {
        // Refused, or a page without https: the reader can still select the text.
        say(said, said.dataset.failed);
      }
    });
  }
}

const SHOWN = 2500;
let clearing;

/** Show `words` in the status region for a while. */
function say(said, words) {
  said.textContent = words;
  clearTimeout(clearing);
  clearing = setTimeout(() => (said.textContent = ""), SHOWN);
}
