/** The table of the standards list, filtered and sorted. */
import { ONLY } from "./choice.js";
import { counted, create, loaded } from "./elements.js";
import { Listing } from "./listing.js";
import { elsewhere, missingSentence } from "./missing.js";

/** The table, with what is said of its rows above and below it. */
export class List {
  /**
   * @param {HTMLFormElement} form the filter
   * @param {HTMLTableElement} table
   * @param {HTMLAnchorElement} opener the header's link to the search
   */
  constructor(form, table, opener) {
    this.form = form;
    this.opener = opener;
    this.body = table.tBodies[0];
    this.caption = /** @type {HTMLTableCaptionElement} */ (table.caption);
    this.captioned = this.caption.textContent;
    /** @type {NodeListOf<HTMLTableCellElement>} */
    this.headings = table.querySelectorAll("[data-sort]");
    this.selects = [...form.querySelectorAll("select")];
    this.output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
    this.result = /** @type {HTMLElement} */ (this.output.parentElement);
    this.reset = /** @type {HTMLButtonElement} */ (this.result.querySelector("button"));
    this.clear = this.reset.textContent;
    /** @type {HTMLElement | null} */
    this.parts = document.querySelector(".bas-parts");
    /** The rows that the page was sent with. */
    this.announced = [...this.body.rows];
    this.step = Number(form.dataset.rows);
    this.rows = new Map(this.announced.map((row, n) => [Number(form.dataset.first) + n, row]));
    const options = this.selects.flatMap((select) => [...select.options]).filter((option) => option.value);
    this.labels = new Map(options.map((option) => [option, option.textContent]));
    this.more = create("button", { type: "button", class: "bas-more-rows", hidden: "" }, form.dataset.more ?? "");
    table.after(this.more);
    /** Where to look for what is not here. */
    this.way = create("div", {});
    this.result.after(this.way);
    /** @type {Listing | undefined} */
    this.whole = undefined;
    /** @type {import("./chosen.js").Heading | undefined} What stands above the list where a set of it is shown. */
    this.heading = undefined;
    /** @type {URLSearchParams | undefined} What was asked for last. */
    this.asked = undefined;
  }

  /** The whole list, when it has come. */
  async listing() {
    const search = await loaded(this.opener);
    this.whole ??= new Listing(search, /** @type {import("./choice.js").Language} */ (this.opener.dataset.language));
    return this.whole;
  }

  /**
   * The addresses of all standards that fit `state`, in its order.
   * @param {URLSearchParams} state
   */
  async addresses(state) {
    const listing = await this.listing();
    return listing.shown(state).map((one) => listing.address(one));
  }

  /**
   * Put all that fits `state` into the table, also what stands on other pages.
   * @param {URLSearchParams} state
   */
  async complete(state) {
    if (this.more.hidden && (this.parts?.hidden ?? true)) return;
    const listing = await this.listing();
    const documents = listing.shown(state);
    this.fill(listing, documents, documents.length);
    if (this.parts) this.parts.hidden = true;
    this.caption.textContent = counted(documents.length, this.output.dataset);
  }

  /**
   * Show what fits `state`, in its order, and at least as far as the standard at the address `row`. Where the whole
   * list cannot be had, the page stands as it was sent.
   * @param {URLSearchParams} state
   * @param {string} row
   * @param {boolean} isComposing whether a word of `state` is still composed: where nothing fits, the table stays
   */
  async show(state, row, isComposing) {
    this.asked = state;
    if (!state.toString() && (!row || this.isSent(row))) return this.restore();
    const only = state.get(ONLY);
    let listing;
    try {
      listing = await this.listing();
      if (only !== null) await this.head(listing);
    } catch (error) {
      this.restore();
      throw error;
    }
    // Something else may have been asked for in the meantime.
    if (this.asked !== state) return;
    const place = listing.place(row);
    if (!state.toString() && place < 0) return this.restore();
    const documents = listing.shown(state);
    if (isComposing && !documents.length) return;
    this.more.onclick = () => this.fill(listing, documents, this.body.rows.length + this.step);
    this.fill(listing, documents, Math.max(this.step, documents.indexOf(place) + 1));
    if (this.parts) this.parts.hidden = true;
    this.describe(state, documents.length, only === null ? listing.words.missing_sentence : listing.words.set_no_match);
    if (only === null) {
      this.heading?.hide();
      this.tellMissing(listing, state.get("q") ?? "", documents.length > 0);
    } else this.heading?.show(only);
    await this.count(state);
  }

  /**
   * Say which numbers of `query` are not on the list, and where to look for what is missing.
   * @param {Listing} listing
   * @param {string} query
   * @param {boolean} isShown whether anything else is there
   */
  tellMissing({ index, words }, query, isShown) {
    const { missing } = index.search(query);
    if (isShown) this.output.prepend(missingSentence(words, missing));
    if (missing.length || !isShown) this.way.append(elsewhere(words, missing.join(words.list_comma) || query));
  }

  /**
   * What says above the list that a set of it is shown; few readers see one.
   * @param {Listing} listing
   */
  async head(listing) {
    const { Heading } = await import("./chosen.js");
    this.heading ??= new Heading(this.body, this.caption, this.opener, listing);
  }

  /**
   * Whether the page was sent with the element `id`.
   * @param {string} id
   */
  isSent(id) {
    const element = document.getElementById(id);
    return element && (!this.body.contains(element) || this.announced.some((row) => row === element));
  }

  /** The page as it was sent: its part of the list, as announced. */
  restore() {
    this.put(this.announced);
    this.more.hidden = true;
    if (this.parts) this.parts.hidden = false;
    for (const [option, label] of this.labels) option.textContent = label;
    this.describe(new URLSearchParams(), 0);
    this.heading?.hide();
  }

  /**
   * Say that `count` standards are shown, `none` where it is 0, or by what all are sorted.
   * @param {URLSearchParams} state
   * @param {number} count
   * @param {string} none
   */
  describe(state, count, none = "") {
    this.way.replaceChildren();
    const sort = state.get("sort") ?? "";
    let sentence = "";
    for (const heading of this.headings) {
      heading.removeAttribute("aria-sort");
      if (heading.dataset.sort !== sort.replace(/^-/, "")) continue;
      heading.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
      sentence = this.output.dataset.sorted?.replace("#", heading.textContent.toLowerCase()) ?? "";
    }
    const isFiltered = [...state.keys()].some((key) => key !== "sort" && key !== ONLY);
    if (isFiltered) sentence = counted(count, { ...this.output.dataset, none });
    this.output.textContent = sentence;
    this.result.hidden = !sentence;
    this.reset.textContent = isFiltered ? this.clear : (this.reset.dataset.sorted ?? "");
    // The sentence names the table, which is no longer all that its caption counts, and takes the caption's place.
    this.caption.textContent = isFiltered ? sentence : this.captioned;
    this.caption.classList.toggle("bas-unseen", Boolean(sentence));
  }

  /**
   * Say beside each choice how many standards it would show.
   * @param {URLSearchParams} state
   */
  async count(state) {
    const listing = await this.listing();
    for (const select of this.selects) {
      const counts = listing.counts(state, select.name);
      let sum = 0;
      for (const option of select.options) {
        const own = counts.get(option.value) ?? 0;
        // The list after an announcement holds what was announced before.
        sum = select.name === "until" ? sum + own : own;
        if (option.value) option.textContent = `${this.labels.get(option)} (${sum})`;
      }
    }
  }

  /**
   * Put the rows of the first `count` of `documents` into the table.
   * @param {Listing} listing
   * @param {number[]} documents
   * @param {number} count
   */
  fill(listing, documents, count) {
    this.put(documents.slice(0, count).map((one) => this.rows.get(one) ?? this.row(listing, one)));
    this.more.hidden = this.body.rows.length === documents.length;
  }

  /**
   * Put `rows` into the table, unless they stand there: a row that is put back is no longer the one arrived at, and
   * what has the focus in it loses it.
   * @param {HTMLTableRowElement[]} rows
   */
  put(rows) {
    const { rows: present } = this.body;
    if (rows.length === present.length && rows.every((row, n) => row === present[n])) return;
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    this.body.replaceChildren(...rows);
    if (this.body.contains(focused)) focused.focus({ preventScroll: true });
  }

  /**
   * The row of a standard that stands on another page.
   * @param {Listing} listing
   * @param {number} place
   */
  row(listing, place) {
    const [status] = listing.values("status", place);
    /** @type {HTMLOptionElement | null} */
    const choice = this.form.querySelector(`[name=status] [value=${status}]`);
    const row = listing.row(this.announced[0], place, {
      // The list lies at <language>/standards/, its further parts one deeper.
      up: Number(this.form.dataset.first) ? "../../" : "../",
      unknown: this.form.dataset,
      status: choice && !["current", "none"].includes(status) ? (this.labels.get(choice) ?? "") : "",
    });
    this.rows.set(place, row);
    return row;
  }
}
