/**
 * The page on which a reader checks a list of their own: what is pasted, typed, chosen or dropped there is looked up in the
 * search index, which comes with the page. Nothing of it leaves the browser.
 */
import { Checker } from "./checklist/lines.js";
import { Result } from "./checklist/result.js";
import { FileFault, rowsOf, textOf } from "./checklist/sheets.js";
import { loaded } from "./elements.js";

/** @typedef {import("./checklist/lines.js").Line} Line */

/** Lines of the longest list. */
const MOST = 20_000;
/** Milliseconds of work after which the page may answer the reader. */
const SLICE = 40;

const form = /** @type {HTMLFormElement} */ (document.querySelector(".bas-check"));
const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("lines"));
const chooser = /** @type {HTMLInputElement} */ (form.elements.namedItem("file"));
const progress = /** @type {HTMLProgressElement} */ (form.querySelector("progress"));
const opener = /** @type {HTMLElement} */ (document.querySelector("[data-bas-search]"));
const words = /** @type {Record<string, string>} */ ({ ...form.dataset });
const result = new Result(/** @type {HTMLElement} */ (document.querySelector(".bas-checked")), words);
/** How often the reader asked: an older answer is not shown. */
let turn = 0;

/** What checks, once the index has come. */
const ready = () =>
  loaded(opener).then(({ index, words: others }) => {
    const language = /** @type {import("./choice.js").Language} */ (opener.dataset.language);
    checker ??= new Checker(index, language);
    result.begin(checker, { ...others, ...words }, new URL(opener.dataset.root ?? "", location.href));
    return checker;
  });
/** @type {Checker | undefined} */
let checker;

form.hidden = false;
// As the page is there to check, it fetches at once what it checks by, and then needs no network.
ready().catch(() => result.say(opener.dataset.failed ?? ""));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  check(true);
});
form.addEventListener("reset", () => {
  begin();
  result.clear();
  field.focus();
});
// What is pasted or dropped is whole; what is typed is not yet.
field.addEventListener("input", (event) => {
  if (/^insertFrom(?:Paste|Drop)/.test(/** @type {InputEvent} */ (event).inputType)) check(false);
});
chooser.addEventListener("change", () => {
  open([...(chooser.files ?? [])]);
  // The same file again is another choice.
  chooser.value = "";
});
for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => onDrag(/** @type {DragEvent} */ (event)));
}

/**
 * Let a file be dropped anywhere: a browser would leave the page for one that misses the field.
 * @param {DragEvent} event
 */
function onDrag(event) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  form.classList.toggle("bas-dropping", event.type === "dragenter" || event.type === "dragover");
  if (event.type === "drop") open([...event.dataTransfer.files]);
}

/**
 * Check what `files` hold.
 * @param {File[]} files
 */
async function open(files) {
  if (!files.length) return;
  const own = begin();
  let name = "";
  try {
    const { likelihood } = (await ready()).titles;
    const texts = [];
    for (const file of files) {
      ({ name } = file);
      texts.push(await textOf(file, likelihood));
    }
    // The reader has asked for something else since.
    if (own !== turn) return;
    field.value = texts.join("\n");
  } catch (error) {
    if (own !== turn) return;
    result.clear();
    const { colon, space } = result.words;
    if (error instanceof FileFault) result.say(name + colon + words[`checked_fault_${error.kind}`] + space + words.checked_fault_instead);
    else result.say(opener.dataset.failed ?? "");
    return;
  }
  await check(true);
}

/** What is done from now on, by its number; what was being done before is left. */
function begin() {
  progress.hidden = true;
  return ++turn;
}

/**
 * Check what the field holds, in slices between which the page answers.
 * @param {boolean} isAsked whether the reader waits to be led to the result
 */
async function check(isAsked) {
  const own = begin();
  let checks;
  try {
    checks = await ready();
  } catch {
    result.say(opener.dataset.failed ?? "");
    return;
  }
  const texts = rowsOf(field.value).trimEnd().split("\n");
  /** @type {Line[]} */
  const lines = [];
  let until = performance.now() + SLICE;
  for (const [n, text] of texts.slice(0, MOST).entries()) {
    if (own !== turn) return;
    lines.push({ number: n + 1, text: text.trim(), answers: checks.answers(text) });
    if (performance.now() < until) continue;
    progress.hidden = false;
    progress.value = n / texts.length;
    await new Promise((resolve) => setTimeout(resolve));
    until = performance.now() + SLICE;
  }
  progress.hidden = true;
  result.show(lines, texts.length > MOST);
  if (isAsked) result.heading.focus();
}
