// Triage without a mouse. Rows of [data-keys="list"]: ↑ ↓ or j k walk, Enter opens (a row is a link).
// A letter named by data-key leads to its button or unfolds its form; Enter then does the deed,
// so no single key ever sends anything. "?" shows the letters of this page; there they can be put to rest.
const resting = () => localStorage.getItem("keys") === "off";
const typing = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

function walk(step) {
  const links = [...document.querySelectorAll('[data-keys="list"] [data-ticket] a')];
  if (!links.length) return false;
  const opened = document.querySelector('[data-keys="list"] [aria-current] a');
  const from = links.includes(document.activeElement) ? document.activeElement : opened;
  const next = from ? links.indexOf(from) + step : 0;
  links[Math.min(Math.max(next, 0), links.length - 1)].focus();
  return true;
}

function lead(target) {
  if (target.matches("summary")) target.parentElement.open = true;
  else if (target.matches("a")) return target.click();
  const field = target.matches("summary") && target.parentElement.querySelector(".form :is(input:not([type=hidden]), select, textarea, button)");
  (field || target).focus();
}

function help() {
  const panel = document.querySelector("[data-keys-help]");
  if (panel) panel.hidden = !panel.hidden;
  if (panel && !panel.hidden) panel.querySelector("ul").replaceChildren(...letters(), ...panel.querySelectorAll("[data-fixed]"));
}

const letters = () => [...document.querySelectorAll("[data-key]")].map((target) => {
  const line = document.createElement("li");
  const letter = document.createElement("kbd");
  letter.textContent = target.dataset.key;
  line.append(letter, " ", target.textContent.replace(/\s+\S$/, "").trim());
  return line;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
  if (event.key === "?") help();
  if (resting()) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  const target = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  if (step ? walk(step) : target) event.preventDefault();
  if (!step && target) lead(target);
});

document.querySelector("[data-keys-rest]")?.addEventListener("click", () => {
  localStorage.setItem("keys", resting() ? "on" : "off");
  help();
});
