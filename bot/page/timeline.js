// Quotes along a line of time, where an answer has several dates.

import { shortDate } from "./dates.js";
import { element } from "./elements.js";

/** A timeline of dated quotes, or null where it would say nothing. `idOf` names a quote's card. */
export function timeline(quotes, idOf) {
  const dated = quotes.filter((quote) => quote.article.published);
  const days = [...new Set(dated.map((quote) => quote.article.published))].sort();
  if (days.length < 2) return null;
  return element("nav", { class: "timeline", "aria-label": "Quotes by date" },
    element("ol", {}, days.map((day) => element("li", {},
      element("time", { datetime: day }, shortDate(day)),
      element("span", { class: "timeline-quotes" },
        dated.filter((quote) => quote.article.published === day).map((quote) =>
          element("a", { href: `#${idOf(quote)}`, "aria-label": `Quote ${quote.number}, ${quote.article.source ?? ""}` },
            String(quote.number))))))));
}
