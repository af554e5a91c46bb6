// Finding a place while typing: [data-finder] holds the address to ask. What was found becomes chips.
const boxes = document.querySelectorAll("[data-finder]");

export function chip(box, id, name) {
  const label = document.createElement("label");
  const words = document.createElement("span");
  const option = document.createElement("input");
  Object.assign(option, { type: box.dataset.finderType, name: box.dataset.finderName, value: id });
  option.dataset.name = words.textContent = name;
  label.className = "chip";
  label.append(option, words);
  return label;
}

export function keep(name, value, words) {
  const box = [...boxes].find((one) => one.dataset.finderName === name);
  if (box && words) box.querySelector("[data-finder-found]").append(chip(box, value, words));
}

function attach(box) {
  const typed = box.querySelector("[data-finder-input]");
  const found = box.querySelector("[data-finder-found]");
  const note = document.getElementById(`${typed.id}-note`);
  const hint = note.textContent;
  let latest = 0;
  let timer;

  const show = (places) => {
    const taken = new Set([...box.querySelectorAll("input:checked")].map((one) => one.value));
    const chosen = [...found.children].filter((one) => one.firstChild.checked);
    const fresh = places.filter((place) => !taken.has(String(place.id)));
    found.replaceChildren(...chosen, ...fresh.map((place) => chip(box, place.id, place.name)));
  };

  async function look() {
    const words = typed.value.trim();
    const turn = (latest += 1);
    if (words && box.dataset.finderType === "radio") box.querySelectorAll("input:checked").forEach((one) => { one.checked = false; });
    const answer = words && (await fetch(`${box.dataset.finder}?q=${encodeURIComponent(words)}`).catch(() => null));
    if (turn !== latest) return;
    const places = answer && answer.ok && !answer.redirected ? await answer.json() : [];
    show(places);
    note.textContent = words && answer && !places.length ? box.dataset.finderNothing : hint;
  }

  typed.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 180); });
  typed.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    found.querySelector("input")?.click();
  });
  box.addEventListener("change", (event) => {
    if (event.target === typed) return;
    typed.value = "";
    note.textContent = hint;
  });
  box.querySelector("[data-finder-button]").remove();
}

boxes.forEach(attach);
