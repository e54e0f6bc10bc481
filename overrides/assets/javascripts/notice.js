/** The button of a notice that prints it. */

/** @type {HTMLButtonElement | null} */
const button = document.querySelector("nav button");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
