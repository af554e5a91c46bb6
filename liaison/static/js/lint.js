// Warns on the device, before anything is sent: the same rules as tickets/lint.py, read from data-lint.
const form = document.querySelector("[data-lint]");
const rules = form ? JSON.parse(form.dataset.lint).map((rule) => ({ ...rule, pattern: new RegExp(rule.pattern, "g") })) : [];

function isCard(found) {
  const digits = [...found].filter((sign) => /\d/.test(sign)).map(Number).reverse();
  const sum = digits.reduce((total, digit, place) => total + (place % 2 ? Math.floor((digit * 2) / 10) + ((digit * 2) % 10) : digit), 0);
  return sum % 10 === 0;
}

function finds(rule, text) {
  return [...text.matchAll(rule.pattern)].some((match) => !rule.card || isCard(match[1]));
}

function line(rule) {
  const words = document.createElement("p");
  words.className = rule.refuses ? "hint lint refused" : "hint lint";
  words.textContent = rule.words;
  return words;
}

function look(field) {
  const note = field.closest("[data-problem]")?.querySelector("[data-lint-note]");
  if (!note) return;
  const texts = [...field.closest("[data-problem]").querySelectorAll("[data-linted]")].map((one) => one.value.normalize("NFKC"));
  const found = rules.filter((rule) => texts.some((text) => finds(rule, text)));
  const unique = found.filter((rule, place) => found.findIndex((one) => one.words === rule.words) === place);
  note.replaceChildren(...unique.map(line));
}

let timer;
form?.addEventListener("input", (event) => {
  if (!event.target.matches("[data-linted]")) return;
  clearTimeout(timer);
  timer = setTimeout(() => look(event.target), 400);
});
