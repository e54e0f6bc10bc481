/**
 * What script adds to a page that is complete without it: copying, the filter of the standards list,
 * a language switch that keeps filter and fragment.
 */
import { offerCopying } from "./copying.js";
import { keepPlace } from "./languages.js";
import { offerFilter } from "./filter.js";

offerCopying(document);
keepPlace(document);
offerFilter(document);
