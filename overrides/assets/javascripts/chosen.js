/** What the page of the list says, copies, draws and prints where it shows a set of it. */
import { chooseSet, chosenSet, ONLY, query } from "./choice.js";
import { counted, create } from "./elements.js";
import { qrCode } from "./qr.js";
import { setAddress, setValue, visit } from "./set.js";
import { hand, say } from "./sharing.js";

/** How many of the unknown are named, and how many characters of each. */
const MOST = 10;
const LONGEST = 40;
/** Modules of quiet around a QR code; ISO/IEC 18004 asks for four. */
const QUIET = 4;
/** Pixels of the smallest code on a screen, and of a module in larger ones. */
const SMALLEST = 148;
const MODULE = 3;
/** Modules in a row of the finest code that a camera reads from paper, where each is a quarter of a millimetre. */
const FINEST = 96;

/** The heading of the page with what stands below it, as sent and for a set. */
export class Heading {
  /**
   * @param {HTMLTableSectionElement} body the rows
   * @param {HTMLElement} caption that of the table
   * @param {HTMLAnchorElement} opener the header's link to the list
   * @param {import("./listing.js").Listing} listing
   */
  constructor(body, caption, opener, listing) {
    this.body = body;
    this.caption = caption;
    this.opener = opener;
    this.listing = listing;
    this.title = /** @type {HTMLElement} */ (document.querySelector("h1"));
    this.lead = /** @type {HTMLElement} */ (document.querySelector(".bas-lead"));
    this.bar = /** @type {HTMLElement} */ (document.querySelector(".bas-views"));
    this.letterhead = /** @type {Text} */ (document.querySelector(".bas-letterhead")?.lastChild);
    this.code = /** @type {HTMLImageElement} */ (document.querySelector(".bas-qr img"));
    /** What the page was sent with. */
    this.sent = {
      title: this.title.textContent,
      tab: document.title,
      lead: [...this.lead.childNodes],
      address: this.letterhead.data,
      code: this.code.src,
    };
    /** @type {string[]} */
    this.addresses = [];
    this.note = create("div", { class: "bas-set" });
    this.lead.after(this.note);
    body.addEventListener("change", ({ target }) => this.remove(/** @type {HTMLInputElement} */ (target)));
  }

  /**
   * Tell of the set that `only` asks for.
   * @param {string} only
   */
  show(only) {
    const { listing, sent } = this;
    const { words } = listing;
    const { places, unknown } = listing.members(only);
    this.addresses = places.map((one) => listing.address(one));
    const { set_none: none, set_one: one, set_other: other } = words;
    const sentence = counted(places.length, { none, one, other });
    this.title.textContent = words.set_title;
    document.title = sent.tab.replace(sent.title, () => words.set_title);
    this.lead.textContent = sentence;
    // The lead says how many; the table's own words are those of the whole list.
    if (!this.caption.classList.contains("bas-unseen")) this.caption.textContent = sentence;
    this.caption.classList.add("bas-unseen");
    const link = this.link();
    this.bar.dataset.link = link;
    for (const box of this.body.querySelectorAll("input")) box.disabled = false;
    this.letterhead.data = link;
    this.note.replaceChildren(...this.missing(unknown), this.ways(), ...(places.length ? this.sharing(link) : []));
  }

  /** The page as it was sent. */
  hide() {
    if (!this.bar.dataset.link) return;
    delete this.bar.dataset.link;
    this.title.textContent = this.sent.title;
    document.title = this.sent.tab;
    this.lead.replaceChildren(...this.sent.lead);
    this.letterhead.data = this.sent.address;
    this.code.src = this.sent.code;
    this.code.hidden = false;
    this.note.replaceChildren();
    this.addresses = [];
  }

  /** The address of the set in no language, as it is copied and drawn. */
  link() {
    const { index } = this.listing;
    const listed = Array.from({ length: index.standards }, (_, n) => this.listing.address(n));
    return new URL(setAddress(this.addresses, listed), new URL(this.opener.dataset.root ?? "", location.href)).href;
  }

  /**
   * What was asked for and is not recorded here.
   * @param {string[]} unknown
   */
  missing(unknown) {
    if (!unknown.length) return [];
    const { words } = this.listing;
    const sentence = counted(unknown.length, { one: words.set_unknown_one, other: words.set_unknown_other });
    const some = unknown.slice(0, MOST).map((one) => (one.length > LONGEST ? `${one.slice(0, LONGEST)}…` : one));
    const rest = unknown.length > MOST ? "…" : "";
    const platform = create("a", { href: words.platform, rel: "external" }, words.look_on_platform);
    return [create("p", { class: "bas-set-missing" }, sentence, some.join(words.list_comma), rest, " ", platform)];
  }

  /** The ways from the set to the whole list, and to more for it. */
  ways() {
    const { words } = this.listing;
    const all = create("a", { href: this.opener.href }, words.set_whole);
    const more = create("a", { href: this.opener.href }, words.set_more);
    more.addEventListener("click", () => chooseSet([...this.addresses, ...chosenSet()]));
    return create("p", { class: "bas-set-ways" }, all, ...(this.addresses.length ? [" ", more] : []));
  }

  /**
   * The QR code of the `link`, on the page and on paper, and the system's way to send it.
   * @param {string} link
   */
  sharing(link) {
    const { words } = this.listing;
    const ways = [];
    if (navigator.share) {
      const send = create("button", { type: "button" }, words.share_system);
      send.addEventListener("click", () => navigator.share({ title: document.title, url: link }).catch(() => {}));
      ways.push(create("p", { class: "bas-set-ways" }, send));
    }
    this.code.hidden = true;
    let drawing;
    try {
      drawing = drawn(link);
    } catch {
      return [...ways, create("p", { class: "bas-note" }, words.set_no_code)];
    }
    const { address: code, side } = drawing;
    this.code.hidden = side > FINEST;
    this.code.src = code;
    const button = create("button", { type: "button" }, words.share_code_download);
    button.addEventListener("click", () => {
      hand(button, `standards-set-of-${this.addresses.length}-qr.png`, (pictures) => pictures.drawCode(code));
    });
    const size = String(Math.max(SMALLEST, MODULE * side));
    const picture = create("img", { src: code, alt: words.set_code, width: size, height: size });
    const details = create("details", {}, create("summary", {}, words.set_code), create("p", {}, picture), create("p", {}, button));
    details.dataset.failed = words.share_failed;
    return [...ways, details];
  }

  /**
   * Take the standard of an unticked row out of the set, as one step back puts it in again.
   * @param {HTMLInputElement} box
   */
  remove(box) {
    if (!this.bar.dataset.link || box.checked) return;
    const row = /** @type {HTMLTableRowElement} */ (box.closest("tr"));
    const next = row.nextElementSibling ?? row.previousElementSibling;
    chooseSet(chosenSet().filter((one) => one !== box.value));
    const url = new URL(location.href);
    url.searchParams.set(ONLY, setValue(this.addresses.filter((one) => one !== box.value)));
    url.search = query(url.searchParams);
    visit(url);
    this.title.tabIndex = -1;
    (next?.querySelector("input") ?? this.title).focus();
    const { words } = this.listing;
    const said = /** @type {HTMLElement} */ (document.getElementById("bas-said"));
    say(said, counted(this.addresses.length - 1, { none: words.set_none, one: words.set_one, other: words.set_other }));
  }
}

/**
 * The address of the QR code of `text` as SVG, and how many units it is wide, of which a module takes one.
 * @param {string} text
 */
function drawn(text) {
  const { modules } = qrCode(text);
  const side = modules.length + 2 * QUIET;
  const dark = modules.flatMap((row, y) => row.map((one, x) => (one ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")));
  const size = `width="${side}" height="${side}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"`;
  const ground = `<path fill="#fff" d="M0 0h${side}v${side}H0z"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${ground}<path d="${dark.join("")}"/></svg>`;
  return { address: `data:image/svg+xml,${encodeURIComponent(svg)}`, side };
}
