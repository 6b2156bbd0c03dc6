// One question and what the articles say to it.

import { bringsMarks, inMarks } from "./citations.js";
import { longDate } from "./dates.js";
import { element } from "./elements.js";
import { cardId, quoteCard } from "./quotes.js";
import { timeline } from "./timeline.js";

let exchanges = 0;

/** A question on the page, to be filled as its answer arrives. */
export class Exchange {
  /** `filters` are those that the question was asked with (`{since, until, source}`). */
  constructor(question, announce, filters = {}) {
    this.place = `exchange-${++exchanges}`;
    this.announce = announce;
    this.narrowed = narrowed(filters);
    this.status = element("p", { class: "progress" }, "Searching…");
    this.quotes = element("ol", { class: "cards" });
    this.content = element("div", { class: "exchange-content" }, this.status, this.quotes);
    this.heading = element("h2", { id: `${this.place}-question`, tabindex: "-1", dir: "auto" }, question);
    this.root = element("article", {
      class: "exchange", "aria-labelledby": this.heading.id, "aria-busy": "true",
    }, this.heading,
    this.narrowed ? element("p", { class: "narrowed" }, `Only articles ${this.narrowed}`) : "",
    this.content);
  }

  retrieved({ passages, articles }) {
    this.status.textContent = passages
      ? `Reading ${count(passages, "passage")} of ${count(articles.length, "article")}…`
      : "Nothing was found…";
  }

  quote(quote) {
    this.quotes.append(this.card(quote));
    this.status.textContent = `${count(this.quotes.childElementCount, "quote")} so far…`;
  }

  /** The whole answer. Cards that are already there stay where they are. */
  answer(answer) {
    this.root.removeAttribute("aria-busy");
    if (answer.answered) this.showAnswered(answer);
    else this.showUnanswered(answer);
    // Names get their capitals; that alone is not worth a line.
    const understood = answer.standalone_question.trim().toLowerCase();
    if (understood !== answer.question.trim().toLowerCase()) {
      this.heading.after(element("p", { class: "understood" },
        `Understood as: ${answer.standalone_question}`));
    }
  }

  showAnswered(answer) {
    const summary = `${count(answer.quotes.length, "quote")} from ${origins(answer.quotes)}`;
    const certainty = `confidence ${Math.round(answer.confidence * 100)} %`;
    this.quotes.replaceChildren(...answer.quotes.map((quote) => this.card(quote)));
    this.content.replaceChildren(...[
      element("p", { class: "summary" }, `${summary} · ${certainty}`),
      this.written(answer),
      this.notes(answer),
      this.sides(answer),
      timeline(answer.quotes, (quote) => cardId(this.place, quote)),
      this.quotes,
    ].filter(Boolean));
    this.announce(`${summary}.`);
  }

  showUnanswered(answer) {
    const nearest = answer.nearest.map((quote) =>
      quoteCard(quote, { near: true, announce: this.announce }));
    const verdict = `${this.narrowed ? "These" : "The"} articles don’t say.`;
    this.content.replaceChildren(...[
      element("p", { class: "verdict" }, verdict),
      this.notes(answer),
      nearest.length
        ? element("p", { class: "nearest-label" }, "What comes nearest, without answering:")
        : null,
      nearest.length ? element("ol", { class: "cards" }, nearest) : null,
    ].filter(Boolean));
    this.announce(verdict);
  }

  fail(message) {
    this.root.removeAttribute("aria-busy");
    this.content.replaceChildren(element("p", { class: "failure", role: "alert" }, message));
  }

  card(quote) {
    return quoteCard(quote, { announce: this.announce, place: this.place });
  }

  /** Where speakers contradict each other: each beside the other, in their own words. */
  sides(answer) {
    if (answer.sides.length < 2) return null;
    const label = `${this.place}-sides`;
    return element("section", { class: "sides", "aria-labelledby": label },
      element("h3", { id: label }, "They contradict each other"),
      element("ul", {}, answer.sides.map((side) => element("li", {},
        element("b", { dir: "auto" }, side.speaker),
        this.quotesOf(answer, side).map((quote) => element("p", {},
          element("q", {
            lang: quote.article.language, dir: "auto", class: bringsMarks(quote.text) ? "own-marks" : null,
          }, quote.text), " ", this.reference(quote)))))));
  }

  quotesOf(answer, side) {
    return answer.quotes.filter((quote) => side.quotes.includes(quote.number));
  }

  /** What the server remarks, with the numbers of quotes as links to their cards. */
  notes(answer) {
    if (!answer.notes?.length) return null;
    return element("ul", { class: "notes", "aria-label": "Remarks" },
      answer.notes.map((note) => element("li", {}, this.linked(note, answer.quotes))));
  }

  /** What a model wrote around the quotes: these stay whole, and the numbers behind them link. */
  written(answer) {
    if (!answer.written) return null;
    const { text } = answer.written;
    const places = answer.quotes
      .map((quote) => [text.indexOf(inMarks(quote.text)), inMarks(quote.text)])
      .filter(([start]) => start >= 0)
      .sort(([first], [second]) => first - second);
    const parts = [];
    let end = 0;
    for (const [start, words] of places) {
      if (start < end) continue;
      parts.push(...this.linked(text.slice(end, start), answer.quotes), words);
      end = start + words.length;
    }
    parts.push(...this.linked(text.slice(end), answer.quotes));
    return element("p", {
      class: "written", role: "group", "aria-label": "Written by a model from the quotes", dir: "auto",
    }, parts);
  }

  /** A text with the numbers of quotes as links to their cards. */
  linked(text, quotes) {
    const byNumber = new Map(quotes.map((quote) => [quote.number, quote]));
    return text.split(/(\[\d+\])/).map((part) => {
      const quote = byNumber.get(Number(part.slice(1, -1)));
      return part.startsWith("[") && quote ? this.reference(quote) : part;
    });
  }

  reference(quote) {
    return element("a", {
      href: `#${cardId(this.place, quote)}`, class: "reference", "aria-label": `Quote ${quote.number}`,
    }, `[${quote.number}]`);
  }
}

/** “2 outlets”; articles where an outlet is not known. */
function origins(quotes) {
  const articles = quotes.map(({ article }) => article);
  const known = articles.every(({ source }) => source);
  const different = new Set(articles.map((article) => (known ? article.source : article.id)));
  return count(different.size, known ? "outlet" : "article");
}

/** The filters in words; empty where there are none. */
function narrowed({ since, until, source }) {
  return [
    since ? `from ${longDate(since)} on` : null,
    until ? `up to ${longDate(until)}` : null,
    source ? `of ${source}` : null,
  ].filter(Boolean).join(", ");
}

/** “1 quote”, “3 quotes”. */
export function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
