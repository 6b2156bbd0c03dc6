// Talking to the server: the key, problem documents, and answers that arrive in parts.

/** The routes are beside the folder of this file, whatever a proxy calls that place. */
const ROUTES = new URL("..", import.meta.url);
const KEY = "onrecord-key";
/** What a header can carry as it was typed; the server's settings refuse keys of anything else. */
const SENDABLE = /^[\x20-\x7e]+$/;

export const key = {
  read: () => sessionStorage.getItem(KEY) ?? "",
  write: (value) => (value ? sessionStorage.setItem(KEY, value) : sessionStorage.removeItem(KEY)),
};

/** What went wrong, in the server's words; `wait` is after how many seconds it says to come again. */
export class Problem extends Error {
  constructor(status, detail, wait = 0) {
    super(detail);
    this.status = status;
    this.wait = wait;
  }

  /** Whether the same may go well later, and nobody has to do anything for it here. */
  get passes() {
    return this.status === 429 || this.status === 503;
  }
}

async function request(route, options = {}) {
  const headers = new Headers(options.headers);
  if (SENDABLE.test(key.read())) headers.set("Authorization", `Bearer ${key.read()}`);
  let response;
  try {
    response = await fetch(new URL(route, ROUTES), { ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, "The server does not answer. Is it still running?");
  }
  if (response.ok) return response;
  const document = await response.json().catch(() => ({}));
  const wait = Number(response.headers.get("Retry-After")) || 0;
  throw new Problem(response.status, inWords(response.status, document), wait);
}

/** A problem document for a person, who sends no headers and sees no list of errors. */
function inWords(status, document) {
  if (status === 401) {
    return key.read()
      ? "This key is not known here: correct it under Key below."
      : "A key is needed for this: give it under Key below.";
  }
  if (document.errors?.length) {
    return document.errors.map(({ at, fault }) => `${at.split("/").at(-1)}: ${fault}`).join("; ");
  }
  return document.detail ?? `The server answered ${status}.`;
}

/** `route` as in the API's description, without the stroke that it begins with there. */
export async function getJson(route) {
  return (await request(route, { headers: { Accept: "application/json" } })).json();
}

export async function addLink(url) {
  const response = await request("articles", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ url }),
  });
  return response.json();
}

export async function addFile(file) {
  const body = new FormData();
  body.append("file", file);
  return (await request("articles", { method: "POST", body })).json();
}

const BROKEN_OFF = "The answer broke off. Ask again.";

/** Asks, and yields `{name, data}` for each event of the answer as it comes, to the last. */
export async function* ask(question, signal) {
  const response = await request("ask", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(question),
    signal,
  });
  let rest = "";
  for await (const text of decoded(response.body)) {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event.name === "error") throw new Problem(event.data.status, event.data.detail);
      yield event;
      if (event.name === "done") return;
    }
  }
  throw new Problem(0, BROKEN_OFF);
}

async function* decoded(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, BROKEN_OFF);
  } finally {
    // What broke off cannot be cancelled any more, and need not be.
    reader.cancel().catch(() => {});
  }
}

function parseEvent(block) {
  const fields = new Map(block.split("\n").map((line) => {
    const colon = line.indexOf(": ");
    return [line.slice(0, colon), line.slice(colon + 2)];
  }));
  return { name: fields.get("event"), data: JSON.parse(fields.get("data") ?? "null") };
}
