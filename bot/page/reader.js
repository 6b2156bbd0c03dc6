// The article itself, opened at the quoted place.

import { split } from "./code_points.js";
import { longDate } from "./dates.js";
import { byId, element, safeAddress } from "./elements.js";
import { getJson } from "./server.js";

let onChange = () => {};

/** `changed(place)` is told what is open now (`{id, start, end}`), or null. */
export function setUpReader(changed) {
  onChange = changed;
  const reader = byId("reader");
  byId("reader-close").addEventListener("click", () => reader.close());
  reader.addEventListener("click", (event) => {
    if (event.target === reader) reader.close();
  });
  reader.addEventListener("close", () => onChange(null));
}

/** Opens an article; with a place (`start`, `end`) that is marked and scrolled to. */
export async function openArticle(id, place = null) {
  const reader = byId("reader");
  let article;
  try {
    article = await getJson(`/articles/${id.split("/").map(encodeURIComponent).join("/")}`);
  } catch (problem) {
    show({ title: "This article cannot be opened", text: problem.message }, null);
    if (!reader.open) reader.showModal();
    return;
  }
  show(article, place);
  if (!reader.open) reader.showModal();
  onChange({ id, start: place?.start, end: place?.end });
  const mark = byId("reader-text").querySelector("mark");
  byId("reader-body").scrollTop = 0;
  if (mark) mark.scrollIntoView({ block: "center" });
  else byId("reader-body").focus();
}

export function closeArticle() {
  if (byId("reader").open) byId("reader").close();
}

function show(article, place) {
  byId("reader-title").textContent = article.title;
  byId("reader-title").lang = article.language ?? "";
  const address = safeAddress(article.url);
  byId("reader-byline").replaceChildren(
    [article.author, article.source, longDate(article.published)].filter(Boolean).join(" · "),
    ...(address ? [" · ", element("a", { href: address, rel: "noreferrer", target: "_blank" },
      "the original page")] : []));
  byId("reader-text").lang = article.language ?? "";
  byId("reader-text").replaceChildren(...body(article, place));
  byId("reader-place").textContent = place && !changed(article, place)
    ? `Characters ${place.start.toLocaleString("en")} to ${place.end.toLocaleString("en")}`
    : place ? "The article has changed since it was quoted" : "";
}

/** Whether the text that was quoted no longer stands where it stood. */
function changed(article, place) {
  return place.text !== undefined && split(article.text, place.start, place.end)[1] !== place.text;
}

function body(article, place) {
  if (!place || place.end <= place.start || changed(article, place)) return [article.text];
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
