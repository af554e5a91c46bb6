// Shows the facts that the chosen kinds of contact need, and only these: [data-of-kinds], [data-not-of-kinds] hold
// kinds. Without a script all of them stand in the folded part. Loaded after draft.js, which may restore a kind.
const form = document.querySelector("form:has([data-of-kinds])");
const slot = document.querySelector("[data-facts]");

function chosen() {
  const second = form.elements.second_kind;
  return [...form.querySelectorAll("input[name=kind]:checked"), ...(second ? [second] : [])].map((one) => one.value).filter(Boolean);
}

function show(part, isWanted) {
  part.hidden = part.disabled = !isWanted; // a disabled part is not sent
}

function refresh() {
  const kinds = chosen();
  const has = (words) => words.split(" ").some((kind) => kinds.includes(kind));
  for (const part of form.querySelectorAll("[data-of-kinds]")) {
    show(part, has(part.dataset.ofKinds));
    if (slot) slot.append(part);
  }
  for (const part of form.querySelectorAll("[data-not-of-kinds]")) show(part, !has(part.dataset.notOfKinds));
}

if (form) {
  refresh();
  form.addEventListener("change", (event) => { if (/kind$/.test(event.target.name)) refresh(); });
  form.addEventListener("reset", () => setTimeout(refresh));
}
