// The page put together: the form, the conversation, and the address that can be shared.

import { Exchange } from "./answers.js";
import { setUpCollection, showCollection } from "./collection.js";
import { today } from "./dates.js";
import { byId } from "./elements.js";
import { closeArticle, openArticle, setUpReader } from "./reader.js";
import { Problem, ask } from "./server.js";

const FILTERS = ["since", "until", "source"];
let conversation = null;
let asking = null;
let shownQuestion = "";

function announce(text) {
  byId("announcement").textContent = text;
}

function filters() {
  return Object.fromEntries(
    FILTERS.map((name) => [name, byId(name).value]).filter(([, value]) => value));
}

function showFilters() {
  const active = Object.keys(filters()).length;
  byId("filters-active").textContent = active ? ` (${active} set)` : "";
}

function addressOf(question, place = null) {
  const parameters = new URLSearchParams(question ? { q: question, ...filters() } : filters());
  if (place) {
    parameters.set("article", place.id);
    if (place.end) {
      parameters.set("start", place.start);
      parameters.set("end", place.end);
    }
  }
  const text = parameters.toString();
  return text ? `/?${text}` : "/";
}

async function submit(question) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const exchange = new Exchange(question, announce);
  byId("front").hidden = true;
  byId("exchanges").prepend(exchange.root);
  announce("Searching the articles.");
  try {
    const asked = { question, ...filters() };
    if (conversation) asked.conversation_id = conversation;
    for await (const { name, data } of ask(asked, signal)) {
      if (name === "retrieved") exchange.retrieved(data);
      else if (name === "quote") exchange.quote(data);
      else if (name === "answer") {
        exchange.answer(data);
        conversation = data.conversation_id;
      }
    }
    byId("question-label").textContent = "Ask a follow-up";
    byId("new-conversation").hidden = false;
  } catch (problem) {
    if (problem.name === "AbortError") exchange.fail("Left for the next question.");
    else if (problem instanceof Problem) {
      exchange.fail(problem.message);
      if (problem.status === 401) byId("key").showModal();
    } else {
      exchange.fail("The answer broke off. Ask again.");
      throw problem;
    }
  }
}

function startAnew() {
  asking?.abort();
  conversation = null;
  byId("exchanges").replaceChildren();
  byId("question-label").textContent = "Ask the articles";
  byId("new-conversation").hidden = true;
  byId("question").value = "";
  history.pushState(null, "", addressOf(""));
  shownQuestion = questionOf(location.search);
  document.title = "OnRecord";
  byId("question").focus();
  showCollection();
}

function setUpForm() {
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    const question = byId("question").value.trim();
    if (!question) return;
    history.pushState(null, "", addressOf(question));
    shownQuestion = questionOf(location.search);
    document.title = `${question} – OnRecord`;
    byId("question").value = "";
    submit(question);
  });
  byId("new-conversation").addEventListener("click", startAnew);
  byId("filters").addEventListener("change", showFilters);
  byId("filters-clear").addEventListener("click", () => {
    for (const name of FILTERS) byId(name).value = "";
    showFilters();
  });
}

/** What the address asks for: filters, a question, an open article. */
function followAddress() {
  shownQuestion = questionOf(location.search);
  const parameters = new URLSearchParams(location.search);
  byId("since").value = parameters.get("since") ?? "";
  byId("until").value = parameters.get("until") ?? "";
  wantOutlet(parameters.get("source") ?? "");
  byId("filters").open = FILTERS.some((name) => parameters.has(name));
  showFilters();
  const question = (parameters.get("q") ?? "").trim();
  if (question) {
    document.title = `${question} – OnRecord`;
    submit(question);
  }
  const article = parameters.get("article");
  if (article) {
    const [start, end] = ["start", "end"].map((name) => Number(parameters.get(name)));
    openArticle(article, end > start ? { start, end } : null);
  }
}

function wantOutlet(name) {
  const select = byId("source");
  select.dataset.wanted = name;
  if (name && ![...select.options].some((option) => option.value === name)) {
    select.add(new Option(name, name));
  }
  select.value = name;
}

/** The part of an address that decides what is asked: without an open article. */
function questionOf(search) {
  const parameters = new URLSearchParams(search);
  for (const name of ["article", "start", "end"]) parameters.delete(name);
  return parameters.toString();
}

function setUpHistory() {
  setUpReader((place) => {
    const parameters = new URLSearchParams(location.search);
    history.replaceState(null, "", addressOf(parameters.get("q") ?? "", place));
  });
  window.addEventListener("popstate", () => {
    // A jump to a quote on this page changes the address too, but asks nothing new.
    if (questionOf(location.search) === shownQuestion) return;
    closeArticle();
    conversation = null;
    byId("exchanges").replaceChildren();
    followAddress();
    showCollection();
  });
}

byId("today").textContent = today();
setUpForm();
setUpHistory();
setUpCollection();
followAddress();
showCollection();
