// Drawn open, for wide pages, paper and browsers without scripts; a phone shows the headings first.
const folds = document.querySelectorAll(".fold");
const phone = window.matchMedia("(max-width: 43.99rem)");
const turn = (isOpen) => folds.forEach((fold) => { fold.open = isOpen; });
turn(!phone.matches);
phone.addEventListener("change", () => turn(!phone.matches));
window.addEventListener("beforeprint", () => turn(true));
window.addEventListener("afterprint", () => turn(!phone.matches));
