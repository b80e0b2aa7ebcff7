/* What a page gains where scripts run. Every page is whole without it: forms post, links lead, nothing waits for this. */

const root = document.documentElement;
const toasts = document.getElementById("toasts");

/* A long navigation is pushed to where one is. */
const here = document.querySelector(".nav [aria-current]"), nav = here?.closest(".nav");
if (nav) nav.scrollLeft = here.offsetLeft + here.offsetWidth - nav.offsetLeft - nav.clientWidth + 40;

/* Large type and light change at once; the cookie follows behind, and the next page comes as chosen. */
document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches("[data-display]") || !button) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => tell("toast-offline"));
  if (button.name === "theme") root.dataset.theme = button.value;
  if (button.name === "type") {
    root.dataset.type = button.value;
    const large = button.value === "large";
    button.value = large ? "normal" : "large";
    button.setAttribute("aria-pressed", String(large));
  }
  if (!button.offsetParent) form.querySelector(`[name=${button.name}]:not([value=${button.value}])`)?.focus();
});

/* Toasts: told by the server on the page, or by a request that failed. One with an undo goes when its time is over. */
function tell(template, words = "") {
  const toast = document.getElementById(template).content.firstElementChild.cloneNode(true);
  if (words) toast.querySelector("[data-text]").textContent = words;
  toasts.append(toast);
}

function countDown(toast) {
  const left = toast.querySelector("[data-left]"), words = left.dataset.left;
  const end = Date.now() + Number(toast.dataset.seconds) * 1000;
  delete toast.dataset.seconds;
  const tick = () => {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    left.textContent = words.replace("{n}", seconds);
    if (seconds > 0) return setTimeout(tick, 250);
    if (toast.contains(document.activeElement)) document.getElementById("main").focus();
    return toast.remove();
  };
  tick();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest(".toast").remove();
});

/* Without scripts the browser's own menu prints. */
for (const shown of document.querySelectorAll("[data-prints]")) {
  shown.hidden = false;
  shown.addEventListener("click", () => print());
}

/* Dialogs: a link that leads to a page asking the same question opens the dialog instead. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]"), dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
  const closer = event.target.closest("[data-shuts]");
  if (closer) closer.closest("dialog").close();
});

/* A menu made of <details> shuts when one looks elsewhere. */
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    const find = document.querySelector("[data-slash]");
    if (find) { event.preventDefault(); find.focus(); }
  }
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/* What is folded prints all the same: browsers that do not know print.css's way have it opened. */
const unfolded = [];
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open]):not(.menu)")) { folded.open = true; unfolded.push(folded); }
});
addEventListener("afterprint", () => { for (const folded of unfolded.splice(0)) folded.open = false; });

/* A file may be dropped on the whole frame, not on the small button alone. */
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const frame = event.target.closest?.("[data-drop]"), input = frame?.querySelector("input[type=file]");
    if (!input || event.target === input) return;
    event.preventDefault();
    frame.classList.toggle("is-over", kind === "dragover");
    if (kind === "drop") input.files = event.dataTransfer.files;
  });
}

/* A form is sent once, however often its button is pressed; an answer, or coming back to the page, frees it. */
document.addEventListener("submit", (event) => {
  if (!event.target.dataset.sent) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  event.target.dataset.sent = "yes";
  event.submitter?.classList.add("is-busy");
});
document.addEventListener("htmx:beforeSend", (event) => {
  if (event.detail.elt.matches("form")) event.detail.elt.dataset.sent = "yes";
});
document.addEventListener("htmx:afterRequest", (event) => delete event.detail.elt.dataset.sent);
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll(".is-busy")) button.classList.remove("is-busy");
});

/* A page that came back with mistakes begins at the first of them. */
function lookAtMistakes(part) {
  const mistakes = part.querySelector("form [data-mistakes]") || part.querySelector("form [aria-invalid=true]");
  if (mistakes) mistakes.focus();
  return Boolean(mistakes);
}

/* htmx: say when something was not saved, and keep the keyboard where the page changed. */
document.addEventListener("htmx:responseError", (event) => {
  const said = event.detail.xhr.responseText, page = new DOMParser().parseFromString(said, "text/html");
  tell("toast-failed", said.length < 2000 ? page.body.textContent.trim() : "");
});
document.addEventListener("htmx:sendError", () => tell("toast-offline"));
document.addEventListener("htmx:timeout", () => tell("toast-failed"));
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  if (!lookAtMistakes(part) && !document.contains(event.detail.requestConfig?.elt)) {
    const start = part.querySelector("[data-start], [autofocus]");
    if (start) start.focus();
  }
  part.querySelectorAll(".toast[data-seconds]").forEach(countDown);
});

document.querySelectorAll(".toast[data-seconds]").forEach(countDown);
lookAtMistakes(document);
