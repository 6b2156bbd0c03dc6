// The article itself, opened at the quoted place.

import { versionOf } from "./citations.js";
import { split } from "./code_points.js";
import { longDate } from "./dates.js";
import { byId, element, safeAddress } from "./elements.js";
import { getJson } from "./server.js";

let onChange = () => {};
let closedFromOutside = false;

/** `changed(place)` is told what a reader opens (`{id, start, end, version}`); null when closed. */
export function setUpReader(changed) {
  onChange = changed;
  const reader = byId("reader");
  byId("reader-close").addEventListener("click", () => reader.close());
  reader.addEventListener("click", (event) => {
    if (event.target === reader) reader.close();
  });
  reader.addEventListener("close", () => {
    if (!closedFromOutside) onChange(null);
    closedFromOutside = false;
  });
}

/**
 * Opens an article; with a place, that is marked and scrolled to. A place is a quote, or what an
 * address names (`start`, `end`, and perhaps the `version` of the article that it is in).
 */
export async function openArticle(id, place = null) {
  const reader = byId("reader");
  let article;
  try {
    article = await getJson(`articles/${id.split("/").map(encodeURIComponent).join("/")}`);
  } catch (problem) {
    show({ title: "This article cannot be opened", text: problem.message }, null);
    if (!reader.open) reader.showModal();
    return;
  }
  show(article, place);
  if (!reader.open) reader.showModal();
  const version = place?.article ? versionOf(place.article) : place?.version;
  onChange({ id, start: place?.start, end: place?.end, version });
  const mark = byId("reader-text").querySelector("mark");
  byId("reader-body").scrollTop = 0;
  if (mark) mark.scrollIntoView({ block: "center" });
  else byId("reader-body").focus();
}

/** Closes what is open because the address says so. */
export function closeArticle() {
  if (!byId("reader").open) return;
  closedFromOutside = true;
  byId("reader").close();
}

function show(article, place) {
  byId("reader-title").textContent = article.title;
  byId("reader-title").lang = article.language ?? "";
  const address = safeAddress(article.url);
  const known = [article.author, article.source, longDate(article.published)].filter(Boolean)
    .map((part) => element("bdi", {}, part));
  if (address) {
    known.push(element("a", { href: address, rel: "noreferrer", target: "_blank" }, "the original page"));
  }
  byId("reader-byline").replaceChildren(
    ...known.flatMap((part, place) => (place ? [" · ", part] : [part])));
  byId("reader-text").lang = article.language ?? "";
  byId("reader-text").replaceChildren(...body(article, place));
  const marked = place && !changed(article, place) && isWithin(article, place);
  byId("reader-place").textContent = marked
    ? "The quoted words are marked"
    : place ? "The article has changed since it was quoted" : "";
  byId("reader-place").title = marked
    ? `Characters ${place.start.toLocaleString("en")} to ${place.end.toLocaleString("en")}`
    : "";
}

/** Whether the text that was quoted no longer stands where it stood. */
function changed(article, place) {
  if (place.version) return !article.content_hash.startsWith(place.version);
  return place.text !== undefined && split(article.text, place.start, place.end)[1] !== place.text;
}

function isWithin(article, { start, end }) {
  return start >= 0 && start < end && end <= Array.from(article.text).length;
}

function body(article, place) {
  if (!place || changed(article, place) || !isWithin(article, place)) return [article.text];
  const [before, inside, after] = split(article.text, place.start, place.end);
  const highlight = place.highlight;
  const marked = highlight
    ? split(inside, highlight.start - place.start, highlight.end - place.start)
    : [inside];
  const mark = element("mark", { tabindex: "-1" }, marked.length === 3
    ? [marked[0], element("strong", {}, marked[1]), marked[2]]
    : marked);
  return [before, mark, after];
}
