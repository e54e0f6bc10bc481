/** The button of a notice that prints it. */

const button = document.querySelector("nav button");
button.hidden = false;
button.addEventListener("click", () => print());
