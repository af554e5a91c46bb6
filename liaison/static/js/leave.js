// Asks before a page with typed, unsent text is left. Marked by data-leave on the form.
document.querySelectorAll("form[data-leave]").forEach((form) => {
  let typed = false;
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea, input:not([type]), input[type=text]")) typed = true;
  });
  form.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
});
