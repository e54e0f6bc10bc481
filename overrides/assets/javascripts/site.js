/**
 * What script adds to a page that is complete without it: copying, the filter of the standards list,
 * a language switch that keeps filter and fragment.
 */
import { copy, offerCopying } from "./copying.js";
import { keepPlace } from "./languages.js";
import { offerFilter } from "./filter.js";
import { offerSharing } from "./sharing.js";
import { offerSearch } from "./search/box.js";

// On a narrow screen the menu scrolls; where the reader is should be in sight.
document.querySelector(".bas-menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

offerCopying(document);
offerSharing(document, copy);
keepPlace(document);
offerFilter(document);
offerSearch(document);
