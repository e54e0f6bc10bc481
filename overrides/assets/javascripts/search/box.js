/** The search box: a combobox with a listbox of results, in a sheet of full height on a phone. */
import { counted, loaded } from "./loading.js";

const SHOWN = 12;

/** A new element with attributes and children. */
function made(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export class Box {
  /** @param {HTMLElement} opener the header's link, which names the site's root and the language */
  constructor(opener) {
    this.root = opener.dataset.root;
    this.language = opener.dataset.language;
    this.words = Object.fromEntries(
      [...document.getElementById("bas-words").content.children].map((one) => [one.dataset.key, one.textContent]),
    );
    this.input = made("input", {
      type: "search",
      role: "combobox",
      "aria-label": this.words.search_placeholder,
      placeholder: this.words.search_placeholder,
      "aria-expanded": "false",
      "aria-controls": "bas-results",
      "aria-autocomplete": "list",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "go",
    });
    this.close = made("button", { type: "button", class: "bas-search-close" }, this.words.search_close);
    this.list = made("div", { id: "bas-results", role: "listbox", "aria-label": this.words.search_placeholder });
    this.said = made("p", { role: "status", class: "bas-search-said" }, this.words.search_hint);
    this.ways = made(
      "p",
      { class: "bas-search-ways" },
      made("a", { href: "https://www.gbsrc.org.cn/", rel: "external" }, this.words.search_platform),
      made("a", { href: this.address("fields/") }, this.words.search_fields),
    );
    this.dialog = made(
      "dialog",
      { class: "bas-search", "aria-label": opener.textContent.trim() },
      made("div", { class: "bas-search-head" }, this.input, this.close),
      this.said,
      this.list,
      this.ways,
    );
    document.body.append(this.dialog);
    this.close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** Open the box, or select what is typed in it where it is open. */
  open() {
    if (!this.dialog.open) this.dialog.showModal();
    this.input.focus();
    this.input.select();
    this.search();
  }

  address(path) {
    return new URL(`${this.language}/${path}`, new URL(this.root, location.href)).href;
  }

  async search() {
    const query = this.input.value;
    let index;
    let marked;
    try {
      ({ index, marked } = await loaded(this.root));
    } catch {
      this.said.textContent = this.words.search_failed;
      return;
    }
    // A later key may have been answered while the index was on its way.
    if (query !== this.input.value) return;
    const found = index.search(query);
    const ranked = found.ranked();
    const isEmpty = !query.trim();
    const options = ranked.slice(0, SHOWN).map((place) => this.option(place, found.name(place), index, (text) => marked(text, query, index.folding)));
    if (ranked.some((place) => place < index.standards) && !found.numberIsMissing) {
      const all = `${this.address("standards/")}?${new URLSearchParams({ q: query.trim() })}`;
      options.push(made("a", { role: "option", class: "bas-result-all", href: all }, this.words.search_all));
    }
    options.forEach((option, n) => {
      option.id = `bas-result-${n}`;
      option.tabIndex = -1;
    });
    this.list.replaceChildren(...options);
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.ways.hidden = isEmpty || (ranked.length > 0 && !found.numberIsMissing);
    this.said.textContent = isEmpty ? this.words.search_hint : this.summary(found, ranked.length);
    this.choose(options.length ? 0 : -1);
  }

  summary(found, count) {
    if (found.numberIsMissing) return this.words.search_missing;
    const { search_none: none, found_one: one, found_other: other } = this.words;
    return counted(count, { none, one, other });
  }

  option(place, name, index, mark) {
    const title = index.title(place, this.language);
    const { nodes, isMarked } = mark(title);
    const kind = index.kinds[place];
    const about = kind === "standard" ? index.data.numbers[place].replace("\n", " · ") : this.words[`kind_${kind}`];
    const option = made(
      "a",
      { role: "option", href: this.address(index.data.paths[place]), "aria-selected": "false" },
      made("span", { class: "bas-result-title" }, ...nodes),
    );
    if (about) option.append(" ", made("span", { class: "bas-result-about" }, about));
    if (!isMarked && name && name !== title) {
      const [before, after] = this.words.search_matched.split("#");
      const note = mark(name).nodes;
      // A name in another language than the page's says so.
      const lang = /\p{Script=Han}/u.test(name) ? "zh" : "en";
      option.append(
        " ",
        made("span", { class: "bas-result-matched" }, before, made("span", { lang }, ...note), after),
      );
    }
    return option;
  }

  /** Make the option at `place` the chosen one; -1 for none. */
  choose(place) {
    const options = [...this.list.children];
    this.place = place;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", options[place].id);
  }

  onKey(event) {
    // The keys that choose a character from an input method are not ours.
    if (event.isComposing) return;
    const count = this.list.children.length;
    const to = {
      ArrowDown: (this.place + 1) % count,
      ArrowUp: (this.place - 1 + count) % count,
    }[event.key];
    if (to !== undefined && count) {
      event.preventDefault();
      this.choose(to);
      this.list.children[to].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.list.children[this.place]?.click();
    }
  }
}
