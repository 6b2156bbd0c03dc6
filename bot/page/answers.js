// One question and what the articles say to it.

import { element } from "./elements.js";
import { cardId, quoteCard } from "./quotes.js";
import { timeline } from "./timeline.js";

let exchanges = 0;

/** A question on the page, to be filled as its answer arrives. */
export class Exchange {
  constructor(question, announce) {
    this.place = `exchange-${++exchanges}`;
    this.announce = announce;
    this.status = element("p", { class: "progress" }, "Searching…");
    this.quotes = element("ol", { class: "cards" });
    this.content = element("div", { class: "exchange-content" }, this.status, this.quotes);
    this.heading = element("h2", { id: `${this.place}-question`, tabindex: "-1" }, question);
    this.root = element("article", {
      class: "exchange", "aria-labelledby": this.heading.id, "aria-busy": "true",
    }, this.heading, this.content);
  }

  retrieved({ passages, articles }) {
    this.status.textContent = passages
      ? `Reading ${count(passages, "passage")} of ${count(articles.length, "article")}…`
      : "Nothing was found…";
  }

  quote(quote) {
    this.quotes.append(this.card(quote));
  }

  /** The whole answer. Cards that are already there stay where they are. */
  answer(answer) {
    this.root.removeAttribute("aria-busy");
    if (answer.answered) this.showAnswered(answer);
    else this.showUnanswered(answer);
    if (answer.standalone_question !== answer.question) {
      this.heading.after(element("p", { class: "understood" },
        `Understood as: ${answer.standalone_question}`));
    }
  }

  showAnswered(answer) {
    const outlets = new Set(answer.quotes.map(({ article }) => article.source ?? article.id));
    const summary = `${count(answer.quotes.length, "quote")} from ${count(outlets.size, "outlet")}`;
    const certainty = `confidence ${Math.round(answer.confidence * 100)} %`;
    this.quotes.replaceChildren(...answer.quotes.map((quote) => this.card(quote)));
    this.content.replaceChildren(...[
      element("p", { class: "summary" }, `${summary} · ${certainty}`),
      written(answer),
      timeline(answer.quotes, (quote) => cardId(this.place, quote)),
      this.sides(answer),
      this.quotes,
      notes(answer),
    ].filter(Boolean));
    this.announce(`${summary}.`);
  }

  showUnanswered(answer) {
    const nearest = answer.nearest.map((quote) =>
      quoteCard(quote, { near: true, announce: this.announce }));
    this.content.replaceChildren(...[
      element("p", { class: "verdict" }, "The articles don’t say."),
      notes(answer),
      nearest.length
        ? element("p", { class: "nearest-label" }, "What comes nearest, without answering:")
        : null,
      nearest.length ? element("ol", { class: "cards" }, nearest) : null,
    ].filter(Boolean));
    this.announce("The articles don’t say.");
  }

  fail(message) {
    this.root.removeAttribute("aria-busy");
    this.content.replaceChildren(element("p", { class: "failure", role: "alert" }, message));
  }

  card(quote) {
    return quoteCard(quote, { announce: this.announce, place: this.place });
  }

  sides(answer) {
    if (answer.sides.length < 2) return null;
    const byNumber = new Map(answer.quotes.map((quote) => [quote.number, quote]));
    return element("p", { class: "sides" }, "Who says what: ",
      answer.sides.map((side, index) => [
        index ? " · " : null,
        element("b", {}, side.speaker), " ",
        side.quotes.filter((number) => byNumber.has(number)).map((number) =>
          element("a", { href: `#${cardId(this.place, byNumber.get(number))}` }, `[${number}]`)),
      ]).flat(2));
  }
}

function written(answer) {
  if (!answer.written) return null;
  return element("section", { class: "written", "aria-label": "Written by a model from the quotes" },
    answer.written.text.split("\n").filter(Boolean).map((line) => element("p", {}, line)),
    element("p", { class: "written-by" }, "Written by a model from the quotes below; each sentence is checked and cited."));
}

function notes(answer) {
  if (!answer.notes?.length) return null;
  return element("ul", { class: "notes" }, answer.notes.map((note) => element("li", {}, note)));
}

/** “1 quote”, “3 quotes”. */
export function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
