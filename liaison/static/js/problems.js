// Problems of one contact: unfold, and one more block without asking the server.
const list = document.querySelector("[data-problems]");
const fold = list?.closest("details");

function add() {
  const number = list.querySelectorAll("[data-problem]").length;
  const blank = document.createElement("template");
  blank.innerHTML = fold.querySelector("template").innerHTML.replaceAll("__n__", number);
  list.append(blank.content);
  return list.lastElementChild;
}

export function makeRoomFor(count) {
  while (list.querySelectorAll("[data-problem]").length < count) add();
  fold.open = true;
}

if (list) {
  const more = document.querySelector("[data-add-problem]");
  more.type = "button";
  more.addEventListener("click", () => {
    add().querySelector("textarea").focus();
    more.hidden = list.children.length >= 10;
  });
  // The tap that unfolds also puts the cursor where one speaks: one tap less. At once, because phones
  // bring up the keyboard only for a cursor set during the tap itself.
  fold.querySelector("summary").addEventListener("click", (event) => {
    event.preventDefault();
    fold.open = true;
    list.querySelector("textarea").focus();
  });
}
