/** What a reader types into a field, also by an input method, which composes words from more letters than they have. */

/**
 * Do `act` when another text stands in `field`. A word that is still composed counts in Latin letters alone, which the
 * keyboards of phones compose too; others, such as ㄩㄝˋ, count when the word is chosen.
 * @param {HTMLInputElement} field
 * @param {(isComposing: boolean) => void} act
 */
export function onTyped(field, act) {
  let isComposing = false;
  let ending = 0;
  field.addEventListener("compositionstart", () => (isComposing = true));
  field.addEventListener("compositionend", () => {
    isComposing = false;
    // In some browsers the input comes now, in others it came before.
    ending = setTimeout(() => act(false));
  });
  field.addEventListener("input", (event) => {
    clearTimeout(ending);
    const { data } = /** @type {InputEvent} */ (event);
    if (!isComposing || /^[\p{Script=Latin}\p{N}\p{P}\s]*$/u.test(data ?? "")) act(isComposing);
  });
}
