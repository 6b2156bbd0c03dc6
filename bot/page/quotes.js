// A quote as a card: the words, where they stand, and what can be done with them.

import { FORMS, bringsMarks, speakerOf } from "./citations.js";
import { slice } from "./code_points.js";
import { longDate } from "./dates.js";
import { element } from "./elements.js";
import { openArticle } from "./reader.js";

/** A card for a quote, or for a near passage that is not one. */
export function quoteCard(quote, { near = false, announce, place = "" } = {}) {
  const { article } = quote;
  const open = () => openArticle(article.id, quote);
  return element("li", { class: near ? "card card-near" : "card", id: cardId(place, quote) },
    element("figure", {},
      element("blockquote", { cite: article.url, lang: article.language }, words(quote, open)),
      element("figcaption", {},
        near ? null : element("span", { class: "number", "aria-label": `Quote ${quote.number}` },
          String(quote.number)),
        element("span", { class: "origin" },
          quote.speaker && quote.direct ? element("bdi", { class: "speaker" }, quote.speaker) : null,
          origin(article),
          quote.speaker && !quote.direct ? element("bdi", { class: "reported" }, speakerOf(quote)) : null),
        headline(article, open))),
    copies(quote),
    element("div", { class: "card-actions" },
      element("button", { type: "button", class: "quiet", onclick: open }, "Read in the article"),
      near ? null : copyMenu(quote, announce)));
}

/** The id of a card, so that the timeline and the sides can point at it. */
export function cardId(place, quote) {
  return place ? `${place}-quote-${quote.number}` : null;
}

/** The title as a button that opens the article; as much of it as a few lines hold. */
export function headline(article, open) {
  return element("button", { type: "button", class: "headline", lang: article.language, onclick: open },
    element("span", { class: "headline-words", dir: "auto" }, article.title));
}

/** Outlet and date, as far as they are known. */
export function origin(article) {
  return element("span", { class: "outlet" },
    element("bdi", {}, article.source ?? "Unknown outlet"),
    article.published
      ? element("time", { datetime: article.published }, longDate(article.published))
      : element("span", { class: "undated" }, "undated"));
}

/** The words of the quote decide which way the paragraph runs; those around it run their own. */
function words(quote, open) {
  const inside = quote.highlight
    ? [
        slice(quote.text, 0, quote.highlight.start - quote.start),
        element("mark", {}, slice(quote.text, quote.highlight.start - quote.start,
          quote.highlight.end - quote.start)),
        slice(quote.text, quote.highlight.end - quote.start, quote.end - quote.start),
      ]
    : [quote.text];
  return element("p", { dir: "auto", onclick: open },
    quote.before ? element("span", { class: "around", dir: "auto" }, `${quote.before} `) : null,
    element("q", { class: bringsMarks(quote.text) ? "own-marks" : null }, ...inside),
    quote.after ? element("span", { class: "around", dir: "auto" }, ` ${quote.after}`) : null);
}

function copies(quote) {
  const others = quote.copies ?? [];
  if (!others.length) return null;
  const names = [...new Set(others.map((article) => article.source ?? article.title))];
  return element("p", { class: "copies" }, `The same story also in ${names.join(", ")}.`);
}

function copyMenu(quote, announce) {
  const menu = element("details", { class: "copy" }, element("summary", {}, "Copy"));
  const choices = FORMS.map(([name, form]) => element("button", {
    type: "button",
    class: "quiet",
    onclick: async () => {
      menu.open = false;
      const copied = await copyText(form(quote));
      announce?.(copied ? `Copied as ${name}.` : "This browser does not let the page copy.");
      menu.querySelector("summary").textContent = copied ? "Copied" : "Not copied";
      setTimeout(() => { menu.querySelector("summary").textContent = "Copy"; }, 2000);
      menu.querySelector("summary").focus();
    },
  }, name));
  menu.append(element("div", { class: "copy-forms" }, choices));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  return menu;
}

/** A menu is over once something else is clicked. */
export function setUpMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".copy[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
