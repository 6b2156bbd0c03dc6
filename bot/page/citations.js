// A quote with its citation, in the forms that people paste.

import { longDate } from "./dates.js";

const VERSION_DIGITS = 12;

/** Words in quotation marks; those that begin with a mark have their own (bot/own_words.py). */
export function inMarks(words) {
  return bringsMarks(words) ? words : `“${words}”`;
}

export function bringsMarks(words) {
  return /^[“„«"‘]/.test(words);
}

/** What names a quote's speaker: who is only reported is told so. */
export function speakerOf(quote) {
  return quote.speaker && !quote.direct ? `reporting ${quote.speaker}` : quote.speaker;
}

/** “…” (Speaker) — Outlet, 26 August 2024: Title, https://… */
export function plain(quote) {
  const { source, published, title, url } = quote.article;
  const speaker = quote.speaker && quote.direct ? ` (${quote.speaker})` : "";
  const reported = quote.direct ? null : speakerOf(quote);
  const origin = [source, longDate(published), reported].filter(Boolean).join(", ");
  return [`${inMarks(quote.text)}${speaker} — ${origin ? `${origin}: ` : ""}${title}`, url]
    .filter(Boolean).join(", ");
}

export function markdown(quote) {
  const { source, published, title, url } = quote.article;
  const quoted = quote.text.split("\n").map((line) => `> ${escapeMarkdown(line)}`).join("\n");
  const name = escapeMarkdown(title);
  const linked = url ? `[${name}](<${url.replaceAll(">", "%3E")}>)` : name;
  const day = longDate(published);
  const origin = (quote.direct ? [quote.speaker, source, day] : [source, day, speakerOf(quote)])
    .filter(Boolean);
  return `${quoted}\n>\n> — ${[...origin.map(escapeMarkdown), linked].join(", ")}\n`;
}

function escapeMarkdown(text) {
  return text.replace(/[\\`*_[\]<>#|~]/g, "\\$&");
}

export function bibtex(quote) {
  const { source, author, published, title, url, id } = quote.article;
  const fields = {
    title: `{${title}}`, author, organization: source, date: published, url, note: inMarks(quote.text),
  };
  const lines = Object.entries(fields)
    .filter(([, value]) => value)
    .map(([name, value]) => `  ${name} = {${name === "url" ? value : escapeTex(value, name)}}`);
  return `@online{${id.replace(/[^A-Za-z0-9_-]/g, "") || "article"},\n${lines.join(",\n")}\n}\n`;
}

function escapeTex(text, name) {
  const inner = name === "title" ? text.slice(1, -1) : text;
  const escaped = inner
    .replace(/[\\{}]/g, (mark) => ({ "\\": "\\textbackslash ", "{": "\\{", "}": "\\}" })[mark])
    .replace(/[&%$#_]/g, "\\$&").replace(/~/g, "\\textasciitilde ").replace(/\^/g, "\\textasciicircum ");
  return name === "title" ? `{${escaped}}` : escaped;
}

/** CSL-JSON, as reference managers import it. */
export function csl(quote) {
  const { source, author, published, title, url, id } = quote.article;
  const item = { id, type: "article-newspaper", title };
  if (author) item.author = [{ literal: author }];
  if (source) item["container-title"] = source;
  if (published) item.issued = { "date-parts": [published.split("-").map(Number)] };
  if (url) item.URL = url;
  item.note = inMarks(quote.text);
  return `${JSON.stringify([item], null, 2)}\n`;
}

/** The address at which this page opens the article at the quote, as long as it stands there. */
export function link(quote) {
  const place = new URLSearchParams({
    article: quote.article.id, start: quote.start, end: quote.end, version: versionOf(quote.article),
  });
  return `${location.origin}${location.pathname}?${place}`;
}

/** Which version of an article a place is in, short enough for an address. */
export function versionOf(article) {
  return article.content_hash.slice(0, VERSION_DIGITS);
}

export const FORMS = [
  ["Plain", plain], ["Markdown", markdown], ["BibTeX", bibtex], ["CSL", csl], ["Link", link],
];
