// The page put together: the form, the conversation, and the address that can be shared.

import { Exchange } from "./answers.js";
import { setUpCollection, showCollection } from "./collection.js";
import { today } from "./dates.js";
import { byId } from "./elements.js";
import { setUpMenus } from "./quotes.js";
import { closeArticle, openArticle, setUpReader } from "./reader.js";
import { Problem, ask } from "./server.js";

const FILTERS = ["since", "until", "source"];
const PLACE = ["article", "start", "end", "version"];
let conversation = null;
let asking = null;
let shownQuestion = "";
let returning = null;

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

/** The address that asks a question with filters (`{since, until, source}`). */
function addressOf(question, narrowed, place = null) {
  return addressWith(new URLSearchParams(question ? { q: question, ...narrowed } : narrowed), place);
}

/** The address as it is now, but with this article open, or none. */
function addressAt(place) {
  return addressWith(new URLSearchParams(questionOf(location.search)), place);
}

function addressWith(parameters, place) {
  if (place) {
    parameters.set("article", place.id);
    for (const name of place.end ? ["start", "end", "version"] : []) {
      if (place[name] !== undefined) parameters.set(name, place[name]);
    }
  }
  const text = parameters.toString();
  return text ? `?${text}` : location.pathname;
}

/** Asks with the filters that are set now; what is set later belongs to the next question. */
async function submit(question) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const narrowed = filters();
  let exchange = null;
  try {
    exchange = new Exchange(question, announce, narrowed);
    byId("front").hidden = true;
    byId("exchanges").prepend(exchange.root);
    announce("Searching the articles.");
    const asked = { question, ...narrowed };
    if (conversation) asked.conversation_id = conversation;
    for await (const { name, data } of ask(asked, signal)) {
      // What had arrived before this question was left must not change the page any more.
      signal.throwIfAborted();
      if (name === "retrieved") exchange.retrieved(data);
      else if (name === "quote") exchange.quote(data);
      else if (name === "answer") {
        exchange.answer(data);
        conversation = data.conversation_id;
        share(data.standalone_question, narrowed);
      }
    }
    byId("question-label").textContent = "Ask a follow-up";
    byId("new-conversation").hidden = false;
  } catch (problem) {
    if (signal.aborted) {
      exchange.fail("Left for the next question.");
      return;
    }
    exchange?.fail(problem instanceof Problem ? problem.message : "This page failed. Ask again.");
    offerAgain(question);
    if (problem.status === 401) byId("key").showModal();
    if (!(problem instanceof Problem)) throw problem;
  }
}

/** A question that was not answered need not be typed a second time. */
function offerAgain(question) {
  const field = byId("question");
  if (!field.value) field.value = question;
}

/** A follow-up means nothing to somebody who gets only its link: the link asks what it meant. */
function share(question, narrowed) {
  onceReturned(() => {
    const address = addressOf(question, narrowed, placeIn(location.search));
    history.replaceState(history.state, "", address);
    shownQuestion = questionOf(location.search);
  });
}

/** Ends the conversation, with the question that is being answered. */
function endConversation() {
  asking?.abort();
  conversation = null;
  byId("exchanges").replaceChildren();
  byId("question-label").textContent = "Ask the articles";
  byId("new-conversation").hidden = true;
}

function startAnew() {
  endConversation();
  byId("question").value = "";
  onceReturned(() => {
    history.pushState(null, "", addressOf("", filters()));
    shownQuestion = questionOf(location.search);
  });
  document.title = "OnRecord";
  byId("question").focus();
  showCollection();
}

function setUpForm() {
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    const question = byId("question").value.trim();
    if (!question) return;
    byId("question").value = "";
    // The keyboard of a phone would cover the answer.
    if (matchMedia("(pointer: coarse)").matches) byId("question").blur();
    onceReturned(() => {
      history.pushState(null, "", addressOf(question, filters()));
      shownQuestion = questionOf(location.search);
      document.title = `${question} – OnRecord`;
      submit(question);
    });
  });
  byId("new-conversation").addEventListener("click", startAnew);
  byId("filters").addEventListener("change", showFilters);
  // A field that is folded away cannot say what is wrong with it.
  byId("filters").addEventListener("invalid", () => { byId("filters").open = true; }, true);
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
  document.title = question ? `${question} – OnRecord` : "OnRecord";
  if (question) submit(question);
  followPlace();
}

/** Opens the article that the address names, or none. */
function followPlace() {
  const place = placeIn(location.search);
  if (place) openArticle(place.id, place.end ? place : null);
  else closeArticle();
}

/** The article that an address opens, and where; null for none. */
function placeIn(search) {
  const parameters = new URLSearchParams(search);
  const id = parameters.get("article");
  if (!id) return null;
  const [start, end] = ["start", "end"].map((name) => parameters.get(name) ?? "");
  if (![start, end].every((offset) => /^\d{1,9}$/.test(offset))) return { id };
  return { id, start: Number(start), end: Number(end), version: parameters.get("version") ?? undefined };
}

function wantOutlet(name) {
  const select = byId("source");
  if (name && ![...select.options].some((option) => option.value === name)) {
    select.add(new Option(name, name));
  }
  select.value = name;
}

/** The part of an address that decides what is asked: without an open article. */
function questionOf(search) {
  const parameters = new URLSearchParams(search);
  for (const name of PLACE) parameters.delete(name);
  return parameters.toString();
}

/** An article that is opened is a step that Back undoes; to close it is to go back. */
function showPlace(place) {
  const opened = placeIn(location.search);
  if (place && opened) history.replaceState(history.state, "", addressAt(place));
  else if (place) history.pushState({ opened: true }, "", addressAt(place));
  else if (opened && history.state?.opened) {
    returning = [];
    history.back();
  } else if (opened) history.replaceState(null, "", addressAt(null));
}

/** Does what changes the address once a step back that was begun is taken. */
function onceReturned(action) {
  if (returning) returning.push(action);
  else action();
}

function setUpHistory() {
  setUpReader((place) => onceReturned(() => showPlace(place)));
  window.addEventListener("popstate", () => {
    const waiting = returning;
    returning = null;
    if (waiting) {
      for (const action of waiting) action();
      return;
    }
    // A jump to a quote on this page changes the address too, but asks nothing new.
    if (questionOf(location.search) === shownQuestion) {
      followPlace();
      return;
    }
    closeArticle();
    endConversation();
    followAddress();
    showCollection();
  });
}

byId("today").textContent = today();
setUpForm();
setUpHistory();
setUpCollection();
setUpMenus();
followAddress();
showCollection();
