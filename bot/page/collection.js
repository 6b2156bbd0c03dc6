// What is indexed: its state, its outlets, the newest articles, and adding to it.

import { count } from "./answers.js";
import { longDate } from "./dates.js";
import { byId, element } from "./elements.js";
import { headline, origin } from "./quotes.js";
import { openArticle } from "./reader.js";
import { Problem, addFile, addLink, getJson, key } from "./server.js";

const SECONDS_BETWEEN_LOOKS = 2;
const SECONDS_AFTER_TROUBLE = 10;

/** The one timer: who looks in between must not begin a second round of looking. */
let nextLook = null;
/** Of which state of the index the newest articles are listed. */
let listedGeneration = null;

/** Shows the state of the index, and follows a run of it. */
export async function showCollection() {
  const seconds = await look();
  clearTimeout(nextLook);
  nextLook = seconds ? setTimeout(showCollection, seconds * 1000) : null;
}

/** Looks once; in how many seconds to look again, or 0. */
async function look() {
  const status = byId("index-status");
  try {
    const index = await getJson("index");
    status.textContent = stateOf(index);
    byId("open-add").hidden = !index.may_change;
    showOutlets(index.sources);
    await showFront(index.generation);
    return ["queued", "running"].includes(index.job?.state) ? SECONDS_BETWEEN_LOOKS : 0;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    status.textContent = problem.message;
    byId("open-add").hidden = true;
    return problem.passes ? problem.wait || SECONDS_AFTER_TROUBLE : 0;
  }
}

function stateOf(index) {
  const parts = [count(index.articles, "article"), count(index.passages, "passage")];
  const days = index.sources.flatMap(({ first, last }) => [first, last]).filter(Boolean).sort();
  const ends = new Set([days[0], days.at(-1)]);
  if (days.length) parts.push([...ends].map(longDate).join(" – "));
  if (index.job?.state === "running") parts.push(`indexing: ${count(index.job.articles, "article")} done`);
  if (index.degraded) parts.push(index.degraded);
  return parts.join(" · ");
}

function showOutlets(sources) {
  const select = byId("source");
  const chosen = select.value;
  const names = sources.map(({ source }) => source).filter(Boolean);
  select.replaceChildren(element("option", { value: "" }, "All outlets"),
    ...sources.filter(({ source }) => source).map(({ source, articles }) =>
      element("option", { value: source }, `${source} (${articles})`)));
  if (chosen && !names.includes(chosen)) {
    select.append(element("option", { value: chosen }, chosen));
  }
  select.value = chosen;
}

async function showFront(generation) {
  if (byId("exchanges").childElementCount) return;
  if (generation !== listedGeneration) {
    const { articles } = await getJson("articles?limit=8");
    byId("front-list").replaceChildren(...articles.map((article) => element("li", {},
      headline(article, () => openArticle(article.id)),
      origin(article))));
    listedGeneration = generation;
  }
  byId("front").hidden = !byId("front-list").childElementCount
    || byId("exchanges").childElementCount > 0;
}

/** Wires the dialogs for adding an article and for the key. */
export function setUpCollection() {
  byId("open-add").addEventListener("click", () => {
    byId("add-outcome").textContent = "";
    byId("add").showModal();
  });
  byId("add-close").addEventListener("click", () => byId("add").close());
  byId("add-form").addEventListener("submit", (event) => {
    event.preventDefault();
    add();
  });
  byId("open-key").addEventListener("click", () => {
    byId("key-value").value = key.read();
    byId("key").showModal();
  });
  byId("key-close").addEventListener("click", () => byId("key").close());
  byId("key-form").addEventListener("submit", () => {
    key.write(byId("key-value").value.trim());
    showCollection();
  });
}

async function add() {
  const outcome = byId("add-outcome");
  const [link, file] = [byId("add-link").value.trim(), byId("add-file").files[0]];
  if (!link && !file) {
    outcome.textContent = "Give a link or choose a file.";
    return;
  }
  byId("add-submit").disabled = true;
  outcome.textContent = "Adding…";
  try {
    const added = file ? await addFile(file) : await addLink(link);
    outcome.textContent = told(added);
    byId("add-link").value = "";
    byId("add-file").value = "";
    await showCollection();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    outcome.textContent = problem.message;
  } finally {
    byId("add-submit").disabled = false;
  }
}

function told(added) {
  const lines = [];
  if (added.article_ids.length) lines.push(`${count(added.article_ids.length, "article")} added; ask about it.`);
  if (added.already_there.length) lines.push(`${count(added.already_there.length, "article")} already there.`);
  return [...lines, ...added.skipped].join(" ");
}
