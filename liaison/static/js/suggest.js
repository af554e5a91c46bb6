// Proposes a category for what was typed; one tap takes it, another gives it back. Never needed.
const form = document.querySelector("[data-outbox-form]");
const timers = new WeakMap();

async function propose(block) {
  const text = block.querySelector("[data-suggest-text]").value.trim();
  const field = block.querySelector("[data-suggest-field]");
  const place = block.querySelector("[data-suggest]");
  const button = place.querySelector("button");
  if (button.getAttribute("aria-pressed") === "true" || text.length < 4) return;
  const body = new URLSearchParams({ text, csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(block.dataset.suggestUrl, { method: "POST", body }).catch(() => null);
  const found = answer && answer.ok && !answer.redirected ? await answer.json() : {};
  place.hidden = !found.id || Boolean(field.value);
  if (!found.id) return;
  button.textContent = block.dataset.suggestWords.replace("{name}", found.name);
  button.value = found.id;
}

form?.addEventListener("input", (event) => {
  const block = event.target.matches("[data-suggest-text]") && event.target.closest("[data-problem]");
  if (!block) return;
  clearTimeout(timers.get(block));
  timers.set(block, setTimeout(() => propose(block), 600));
});

form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-suggest] button");
  if (!button) return;
  const takes = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", takes);
  button.closest("[data-problem]").querySelector("[data-suggest-field]").value = takes ? button.value : "";
});
