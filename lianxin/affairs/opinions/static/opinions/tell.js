/* What the form for telling gains where scripts run; it is whole without. */

/* The preview follows the choice, and a name is asked for only where it is to be shown. */
const peek = document.querySelector("[data-peek]");

function follow() {
  const form = peek.closest("form"), chosen = new FormData(form).get("visibility"), field = form.elements.shown_name;
  const author = peek.querySelector("[data-author]"), isNamed = chosen === "named";
  peek.querySelector("[data-public]").hidden = chosen === "staff";
  peek.querySelector("[data-closed]").hidden = chosen !== "staff";
  author.textContent = isNamed && field.value.trim() ? field.value.trim() : author.dataset.nobody;
  field.closest(".field").hidden = !isNamed;
}

if (peek) {
  document.querySelector("[name=look]").hidden = true;
  peek.closest("form").addEventListener("input", follow);
  follow();
}
