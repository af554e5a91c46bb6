// Triage without a mouse. Rows of [data-keys="list"]: ↑ ↓ or j k walk, Enter opens (a row is a link).
// A letter named by data-key leads to its button or unfolds its form; Enter then does the deed,
// so no single key ever sends anything. "?" shows the letters of this page; there they can be put to rest.
const resting = () => localStorage.getItem("keys") === "off";
const typing = (target) => target.matches("textarea, select, input");

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
  if (target.matches("a")) return target.click();
  if (!target.matches("summary")) return target.focus();
  target.parentElement.open = true;
  target.parentElement.querySelector("form :is(input:not([type=hidden]), select, textarea, button)")?.focus();
}

const letters = () => [...document.querySelectorAll("[data-key]")].map((target) => {
  const line = document.createElement("li");
  const [letter, name] = [document.createElement("kbd"), target.cloneNode(true)];
  name.querySelectorAll("kbd").forEach((mark) => mark.remove());
  letter.textContent = target.dataset.key;
  line.append(letter, " ", name.textContent.trim());
  return line;
});

function help(panel, rest) {
  rest.textContent = resting() ? rest.dataset.on : rest.dataset.off;
  panel.querySelector("ul").replaceChildren(...letters(), ...panel.querySelectorAll("[data-fixed]"));
}

const panel = document.querySelector("[data-keys-help]");
const rest = panel?.querySelector("[data-keys-rest]");
rest?.addEventListener("click", () => {
  localStorage.setItem("keys", resting() ? "on" : "off");
  help(panel, rest);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
  if (panel && (event.key === "?" || (event.key === "Escape" && !panel.hidden))) {
    help(panel, rest);
    panel.hidden = !panel.hidden;
    if (!panel.hidden) panel.focus();
  }
  if (resting()) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  const target = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  if (step ? walk(step) : target) event.preventDefault();
  if (!step && target) lead(target);
});
