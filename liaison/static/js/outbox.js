// Sends the capture form; without network it waits on this device and goes out once, with the same key.
import { draftName } from "./draft.js";
import { freshToken, post } from "./network.js";
import { entriesOf, freshKey, privateOf, read, write } from "./store.js";

const area = document.querySelector("[data-outbox]");
const form = document.querySelector("form[data-outbox-form]");
const words = area?.querySelector("[data-outbox-words]");
const name = `outbox:${area?.dataset.person}`;
const AGAIN = 5000; // milliseconds; "online" is often said before anything goes through
let timer;

function say(kind, count = read(name).length) {
  area.hidden = !kind || !count;
  if (kind) words.textContent = words.dataset[kind].replace("{n}", count);
}

function link({ number, address }) {
  const way = document.createElement("a");
  way.href = address;
  way.textContent = area.querySelector("[data-outbox-links]").dataset.words.replace("{number}", number);
  area.querySelector("[data-outbox-links]").append(way);
}

function waitOn() {
  say("waiting");
  clearTimeout(timer);
  timer = setTimeout(() => once(sendAll), AGAIN);
}

async function sendAll() {
  if (!read(name).length) return;
  const token = navigator.onLine ? await freshToken(area.dataset.outbox, area.dataset.person) : null;
  if (token === "") return say("signedOut");
  if (token === null) return waitOn();
  let sent = 0;
  for (const item of read(name)) {
    const answer = await post(area.dataset.outbox, [...item.entries, ["csrf_token", token]]);
    if (answer.isOffline) return waitOn();
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
  write(draftName(form.dataset.draft), []);
  area.querySelector("[data-outbox-left-out]").hidden = !privateOf(form).some((field) => field.type === "text" && field.value.trim());
  form.reset();
  form.elements.form_id.value = freshKey();
  waitOn();
  area.scrollIntoView({ block: "center" });
  return true;
}

let isSending = false;
form?.addEventListener("submit", async (event) => {
  if (event.submitter?.name) return; // a button that only draws the page anew
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  const answer = navigator.onLine ? await post(area.dataset.outbox, [...new FormData(form)]) : { isOffline: true };
  isSending = false;
  if (answer.address) {
    write(draftName(form.dataset.draft), []);
    location.assign(answer.address);
  } else if (!answer.isOffline || !keepForLater()) form.submit(); // the server has something to say about it
});

if (area) {
  say("waiting");
  once(sendAll);
  window.addEventListener("online", () => once(sendAll));
  navigator.serviceWorker?.register(area.dataset.worker).catch(() => {}); // no signal just now: the next page asks again
  // What is open where one means to go is kept for the way; anew at once where the plans just changed.
  navigator.serviceWorker?.ready.then(({ active }) => active.postMessage({ briefs: document.querySelector("[data-plans]") ? "now" : "old" }));
}
