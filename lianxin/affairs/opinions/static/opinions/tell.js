/* What the form for telling gains where scripts run: the preview follows the choice, and there is a button that prints. */

const peek = document.querySelector("[data-peek]");

function follow() {
  const form = peek.closest("form"), chosen = new FormData(form).get("visibility"), name = form.elements.shown_name.value.trim();
  const author = peek.querySelector("[data-author]");
  peek.querySelector("[data-public]").hidden = chosen === "staff";
  peek.querySelector("[data-closed]").hidden = chosen !== "staff";
  author.textContent = chosen === "named" && name ? name : author.dataset.nobody;
}

if (peek) peek.closest("form").addEventListener("input", follow);

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
