// Keeps what is typed on this device and brings it back: [data-draft] names the person it belongs to.
import { keep } from "./places.js";
import { makeRoomFor } from "./problems.js";
import { entriesOf, freshKey, read, write } from "./store.js";

const form = document.querySelector("form[data-draft]");
const notice = document.querySelector("[data-draft-notice]");
const OLD = 10 * 60 * 1000; // milliseconds
export const draftName = (person) => `draft:${person}`;

const hasWords = () => [...form.querySelectorAll("textarea, input[type=text]")].some((field) => field.value.trim());
const namesOf = () => Object.fromEntries([...form.querySelectorAll("input[data-name]:checked")].map((one) => [`${one.name}=${one.value}`, one.dataset.name]));

function save() {
  const draft = { at: Date.now(), entries: entriesOf(form), names: namesOf() };
  write(draftName(form.dataset.draft), hasWords() ? [draft] : []);
}

function restore({ entries, names }) {
  const blocks = entries.filter(([name, value]) => /^problems-\d+-text$/.test(name) && value);
  if (blocks.length) makeRoomFor(Math.max(...blocks.map(([name]) => Number(name.split("-")[1]) + 1)));
  const kept = new Set(entries.map(([name, value]) => `${name}=${value}`));
  const known = new Set([...form.querySelectorAll("input[data-name]")].map((one) => `${one.name}=${one.value}`));
  for (const [name, value] of entries) if (!known.has(`${name}=${value}`)) keep(name, value, names[`${name}=${value}`]);
  for (const field of form.elements) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = kept.has(`${field.name}=${field.value}`);
  }
  for (const [name, value] of entries) {
    const field = form.elements[name];
    if (field instanceof Element && !["radio", "checkbox"].includes(field.type)) field.value = value;
  }
  if (notice) notice.hidden = false;
}

if (form) {
  const [draft] = form.dataset.restore === "yes" ? read(draftName(form.dataset.draft)) : [];
  if (draft) restore(draft);
  // A page from the device's own store was drawn long ago: its key may be used up and its clock has stood still.
  else if (form.dataset.restore === "yes" && Date.now() - Number(form.dataset.drawn) > OLD) {
    form.elements.form_id.value = freshKey();
    const local = new Date(Date.now() + 8 * 3600 * 1000);
    form.elements.held_at.value = local.toISOString().slice(0, 16);
  }
  let timer;
  const later = () => { clearTimeout(timer); timer = setTimeout(save, 250); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  document.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
    write(draftName(form.dataset.draft), []);
    location.reload();
  });
}
