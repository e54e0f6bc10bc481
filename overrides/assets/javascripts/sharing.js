/** The share row of a page: copies its links or a message, or hands them to the system. Asks no service. */

/**
 * Show the buttons of the share row of `page` that this browser can serve.
 * @param {Document} page
 * @param {(words: string) => Promise<void>} copy puts words into the clipboard and says so
 */
export function offerSharing(page, copy) {
  const row = page.querySelector(".bas-share");
  if (!row) return;
  const neutral = row.querySelector(".bas-short-link").href;
  const message = row.dataset.basMessage;
  const ways = {
    link: () => copy(neutral),
    page: () => copy(location.origin + location.pathname),
    message: () => copy(`${message}\n${neutral}`),
    // Dismissing the sheet is no fault.
    system: () => navigator.share({ title: page.title, text: message, url: neutral }).catch(() => {}),
  };
  if (!navigator.share) delete ways.system;
  for (const [name, share] of Object.entries(ways)) {
    const button = row.querySelector(`[data-bas-share="${name}"]`);
    button.hidden = false;
    button.addEventListener("click", share);
  }
}
