// A quote with its citation, in the forms that people paste.

import { longDate } from "./dates.js";

/** “…” — Outlet, 26 August 2024: Title, https://… */
export function plain(quote) {
  const { source, published, title, url } = quote.article;
  const origin = [source, longDate(published)].filter(Boolean).join(", ");
  const speaker = quote.speaker ? ` (${quote.speaker})` : "";
  return [`“${quote.text}”${speaker} — ${origin ? `${origin}: ` : ""}${title}`, url]
    .filter(Boolean).join(", ");
}

export function markdown(quote) {
  const { source, published, title, url } = quote.article;
  const quoted = quote.text.split("\n").map((line) => `> ${escapeMarkdown(line)}`).join("\n");
  const name = escapeMarkdown(title);
  const linked = url ? `[${name}](<${url.replaceAll(">", "%3E")}>)` : name;
  const origin = [quote.speaker, source, longDate(published)].filter(Boolean);
  return `${quoted}\n>\n> — ${[...origin.map(escapeMarkdown), linked].join(", ")}\n`;
}

function escapeMarkdown(text) {
  return text.replace(/[\\`*_[\]<>#|~]/g, "\\$&");
}

export function bibtex(quote) {
  const { source, author, published, title, url, id } = quote.article;
  const fields = {
    title: `{${title}}`, author, organization: source, date: published, url, note: `“${quote.text}”`,
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
  item.note = `“${quote.text}”`;
  return `${JSON.stringify([item], null, 2)}\n`;
}

export const FORMS = [["Plain", plain], ["Markdown", markdown], ["BibTeX", bibtex], ["CSL", csl]];
