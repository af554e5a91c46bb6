// Sends the capture form; without network it waits on this device and goes out once, with the same key.
import { draftName } from "./draft.js";
import { entriesOf, freshKey, read, write } from "./store.js";

const area = document.querySelector("[data-outbox]");
const form = document.querySelector("form[data-outbox-form]");
const words = area?.querySelector("[data-outbox-words]");
const name = `outbox:${area?.dataset.person}`;
const PATIENCE = 20000; // milliseconds; a basement answers late or never

function say(kind, count = read(name).length) {
  area.hidden = !kind || !count;
  if (kind) words.textContent = words.dataset[kind].replace("{n}", count);
}

async function post(entries) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE);
  try {
    const body = new URLSearchParams(entries);
    const answer = await fetch(area.dataset.outbox, { method: "POST", body, headers: { Accept: "application/json" }, signal: control.signal });
    if (answer.status === 201) return await answer.json();
    return { isOffline: answer.status >= 500, isRefused: answer.status < 500 };
  } catch {
    return { isOffline: true };
  } finally {
    clearTimeout(timer);
  }
}

// A token of the present session: "" where nobody is signed in, null without network.
async function freshToken() {
  const answer = await fetch(area.dataset.outbox).catch(() => null);
  if (!answer || answer.status >= 500) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const drawn = page.querySelector(`form[data-draft="${area.dataset.person}"] [name=csrf_token]`);
  return drawn ? drawn.value : "";
}

function link({ number, address }) {
  const way = document.createElement("a");
  way.href = address;
  way.textContent = area.querySelector("[data-outbox-links]").dataset.words.replace("{number}", number);
  area.querySelector("[data-outbox-links]").append(way);
}

async function sendAll() {
  if (!read(name).length) return;
  const token = await freshToken();
  if (!token) return say(token === "" ? "signedOut" : "waiting");
  let sent = 0;
  for (const item of read(name)) {
    const answer = await post([...item.entries, ["csrf_token", token]]);
    if (answer.isOffline) return say("waiting");
    write(name, read(name).filter((one) => one.key !== item.key));
    if (answer.isRefused) write(draftName(area.dataset.person), [{ at: item.at, entries: item.entries, names: item.names }]);
    if (answer.isRefused) return say("refused", 1);
    sent += 1;
    link(answer);
    say("sent", sent);
  }
}

const once = (work) => (navigator.locks ? navigator.locks.request(name, work) : work());

function keepForLater() {
  const chosen = [...form.querySelectorAll("input[data-name]:checked")].map((one) => [`${one.name}=${one.value}`, one.dataset.name]);
  const item = { at: Date.now(), key: form.elements.form_id.value, entries: entriesOf(form), names: Object.fromEntries(chosen) };
  if (!write(name, [...read(name), item])) return false;
  write(draftName(area.dataset.person), []);
  form.reset();
  form.elements.form_id.value = freshKey();
  say("waiting");
  area.scrollIntoView({ block: "center" });
  return true;
}

let isSending = false;
form?.addEventListener("submit", async (event) => {
  if (event.submitter?.name) return; // a button that only draws the page anew
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  const answer = navigator.onLine ? await post([...new FormData(form)]) : { isOffline: true };
  isSending = false;
  if (answer.address) {
    write(draftName(area.dataset.person), []);
    location.assign(answer.address);
  } else if (!answer.isOffline || !keepForLater()) form.submit(); // the server has something to say about it
});

if (area) {
  say("waiting");
  if (navigator.onLine) once(sendAll);
  window.addEventListener("online", () => once(sendAll));
  navigator.serviceWorker?.register(area.dataset.worker);
}
