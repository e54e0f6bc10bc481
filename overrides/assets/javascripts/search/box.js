/** The search box: a combobox with a listbox of results, in a sheet of full height on a phone. */
import { counted, create, isComposing, loaded, onTyped } from "../elements.js";

/** @typedef {import("./engine.js").Index} Index */
/** @typedef {import("./engine.js").Found} Found */
/** @typedef {import("../elements.js").Loaded} Loaded */
/** @typedef {import("./marking.js").Marker} Marker */

const SHOWN = 12;

/** The box itself: made when it is first opened, kept for the page. */
export class Box {
  /** @param {HTMLElement} opener the header's link, which names the site's root and the language */
  constructor(opener) {
    this.opener = opener;
    this.root = opener.dataset.root ?? "";
    this.language = /** @type {import("../choice.js").Language} */ (opener.dataset.language);
    /** @type {Record<string, string>} The labels of the box, by key, once they are there. */
    this.words = {};
    const { placeholder = "", close = "" } = opener.dataset;
    this.input = create("input", {
      type: "search",
      role: "combobox",
      "aria-label": placeholder,
      placeholder,
      "aria-expanded": "false",
      "aria-controls": "bas-results",
      "aria-autocomplete": "list",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "go",
    });
    this.close = create("button", { type: "button", class: "bas-search-close" }, close);
    this.list = create("div", { id: "bas-results", role: "listbox", "aria-label": placeholder });
    this.status = create("p", { role: "status", class: "bas-search-status" });
    this.tries = create("p", { class: "bas-search-tries" });
    this.ways = create("div", { class: "bas-search-ways" });
    this.place = -1;
    /** @type {string | undefined} The words whose results are shown. */
    this.shown = undefined;
    /** @type {string | undefined} The words whose first result is followed when it is there. */
    this.pending = undefined;
    this.dialog = create(
      "dialog",
      { class: "bas-search", "aria-label": opener.textContent?.trim() ?? "" },
      create("div", { class: "bas-search-head" }, this.input, this.close),
      this.status,
      this.tries,
      this.list,
      this.ways,
    );
    document.body.append(this.dialog);
    this.said = /** @type {HTMLElement} */ (document.getElementById("bas-said"));
    this.close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => {
      document.body.append(this.said);
      this.pending = undefined;
    });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("click", (event) => this.onFollow(event));
    onTyped(this.input, (isComposing) => this.search(isComposing));
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.keepWords();
  }

  /** Whoever comes back to the page finds it without the box, and in the box the words, which some browsers empty. */
  keepWords() {
    let words = "";
    addEventListener("pagehide", () => {
      words = this.input.value;
      this.dialog.close();
    });
    // WebKit empties the field a moment after.
    addEventListener("pageshow", (event) => event.persisted && setTimeout(() => (this.input.value = words)));
  }

  /**
   * Open the box with `words`; without any, select what is typed in it.
   * @param {string} words
   * @param {boolean} isEntered whether Enter followed them
   */
  open(words = "", isEntered = false) {
    if (!this.dialog.open) this.dialog.showModal();
    // What lies outside of an open dialog says nothing.
    this.dialog.append(this.said);
    this.input.focus();
    if (words) this.input.value = words;
    else this.input.select();
    if (isEntered) this.pending = this.input.value;
    this.search();
  }

  /**
   * The address of `path` in the language of the page.
   * @param {string} path
   */
  address(path) {
    return new URL(`${this.language}/${path}`, new URL(this.root, location.href)).href;
  }

  /**
   * Show what fits the words that are typed.
   * @param {boolean} [isComposing] whether one is still composed: where nothing fits, what is shown stays
   */
  async search(isComposing = false) {
    const query = this.input.value;
    if (query !== this.pending) this.pending = undefined;
    /** @type {Loaded["index"]} */
    let index;
    /** @type {Loaded["marker"]} */
    let marker;
    /** @type {Loaded["missing"]} */
    let missing;
    try {
      ({ index, marker, missing, words: this.words } = await loaded(this.opener));
    } catch {
      this.status.textContent = this.opener.dataset.failed ?? "";
      return;
    }
    // A later key may have been answered while the index was on its way.
    if (query !== this.input.value) return;
    const found = index.search(query);
    const isEmpty = !query.trim();
    const ranked = isEmpty ? openFields(index) : found.ranked();
    if (isComposing && !ranked.length) return;
    const mark = marker(query, found.words, index.folding);
    const options = ranked.slice(0, SHOWN).map((place) => this.option(place, found.name(place), index, mark));
    if (ranked.filter((place) => place < index.standards).length > 1 && !found.areNearest) {
      const all = `${this.address("standards/")}?${new URLSearchParams({ q: query.trim() })}`;
      options.push(create("a", { role: "option", class: "bas-result-all", href: all }, this.words.search_all));
    }
    options.forEach((option, n) => {
      option.id = `bas-result-${n}`;
      option.tabIndex = -1;
    });
    this.list.replaceChildren(...options);
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    const isMissing = found.missing.length > 0 || !ranked.length;
    const typed = found.missing.join(this.words.list_comma) || query.trim();
    this.ways.replaceChildren(...(isMissing ? [missing.elsewhere(this.words, typed), this.fields()] : isEmpty ? [this.fields()] : []));
    this.tries.replaceChildren(...(isEmpty ? this.examples() : []));
    this.status.textContent = isEmpty ? "" : this.summary(found, ranked.length, missing.missingSentence(this.words, found.missing));
    // Nothing was asked for yet: Enter leads nowhere.
    this.choose(options.length && !isEmpty ? 0 : -1);
    this.shown = query;
    if (query === this.pending) this.follow();
  }

  /** The link to all fields. */
  fields() {
    return create("p", {}, create("a", { href: this.address("fields/") }, this.words.search_fields));
  }

  /** What can be typed, to be tapped. */
  examples() {
    const buttons = this.words.home_examples.split(this.words.list_comma).map((example) => {
      const button = create("button", { type: "button" }, example);
      button.addEventListener("click", () => {
        this.input.value = example;
        this.input.focus();
        this.search();
      });
      return button;
    });
    return [`${this.words.home_try}${this.words.colon}`, ...buttons];
  }

  /**
   * What is said of the `count` results.
   * @param {Found} found
   * @param {number} count
   * @param {string} missing what is said of the numbers that are not on the list
   */
  summary(found, count, missing) {
    if (found.areNearest) return this.words.search_missing;
    const { missing_sentence: none, found_one: one, found_other: other } = this.words;
    return missing + counted(count, { none, one, other });
  }

  /**
   * The link to the document at `place`, which was found by `name`, if not by its title.
   * @param {number} place
   * @param {string} name
   * @param {Index} index
   * @param {Marker} mark
   */
  option(place, name, index, mark) {
    const title = index.title(place, this.language);
    const { nodes, isMarked } = mark(title);
    const kind = index.kinds[place];
    const lang = index.titleLang(place, this.language);
    const what = kind === "standard" ? index.printedNumbers(place, this.language).join(this.words.list_comma) : this.words[`kind_${kind}`];
    const about = [what, lang && this.words.search_untitled].filter(Boolean).join(" · ");
    const option = create(
      "a",
      { role: "option", href: this.address(index.data.paths[place]), "aria-selected": "false" },
      create("span", lang ? { class: "bas-result-title", lang } : { class: "bas-result-title" }, ...nodes),
    );
    if (about) option.append(" ", create("span", { class: "bas-result-about" }, about));
    if (!isMarked && name && name !== title) {
      const [before, after] = this.words.search_matched.split("#");
      const note = mark(name).nodes;
      // A name in another language than the page's says so.
      const lang = /\p{Script=Han}/u.test(name) ? "zh" : "en";
      option.append(
        " ",
        create("span", { class: "bas-result-matched" }, before, create("span", { lang }, ...note), after),
      );
    }
    return option;
  }

  /** @returns {HTMLElement[]} the results that are shown */
  options() {
    return /** @type {HTMLElement[]} */ ([...this.list.children]);
  }

  /**
   * Make the option at `place` the chosen one; -1 for none.
   * @param {number} place
   */
  choose(place) {
    const options = this.options();
    this.place = place;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", options[place].id);
  }

  /**
   * Move by the arrows, follow by Enter, close by Escape, which some browsers use for the field alone.
   * @param {KeyboardEvent} event
   */
  onKey(event) {
    if (event.key === "Escape") event.preventDefault();
    if (isComposing(event)) return;
    const count = this.list.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) {
      event.preventDefault();
      this.choose((this.place + step + count) % count);
      this.options()[this.place].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.shown === this.input.value) this.follow();
      else this.pending = this.input.value;
    } else if (event.key === "Escape") {
      this.dialog.close();
    }
  }

  /** Follow the chosen result. */
  follow() {
    this.pending = undefined;
    this.options()[this.place]?.click();
  }

  /**
   * Close the box over a place on this same page that is gone to.
   * @param {MouseEvent} event
   */
  onFollow(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    const isElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!link?.hash || isElsewhere || link.href !== new URL(link.hash, location.href).href) return;
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const go = () => {
      if (!place) return;
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
      place.scrollIntoView();
    };
    // After the focus went back to where it was.
    this.dialog.addEventListener("close", go, { once: true });
    this.dialog.close();
  }
}

/**
 * The fields in which standards are recorded.
 * @param {Index} index
 */
function openFields(index) {
  return [...new Set(index.data.fields.flat())].sort((a, b) => a - b);
}
