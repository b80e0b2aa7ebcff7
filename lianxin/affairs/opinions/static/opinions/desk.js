/* The inbox under the keyboard, and a few helps. Everything here is also a link or a button of the page. */

const OFF = "lianxin.keys.off";
const main = document.getElementById("main");
const dialog = document.getElementById("keys");

function isOff() {
  try { return localStorage.getItem(OFF) === "yes"; } catch { return false; }
}

const box = document.querySelector("[data-keys-off]");
if (box) {
  box.checked = isOff();
  box.addEventListener("change", () => {
    try { localStorage.setItem(OFF, box.checked ? "yes" : ""); } catch { /* a browser that keeps nothing keeps this neither */ }
  });
}

/* Where in the list the one was that was acted on. */
const WAS = "lianxin.row";
let left = -1;
try { left = Number(sessionStorage.getItem(WAS) ?? -1); } catch { /* then one begins at the top */ }
main?.addEventListener("submit", () => {
  const at = [...document.querySelectorAll("[data-row]")].findIndex((row) => row.hasAttribute("aria-current"));
  try { if (at >= 0) sessionStorage.setItem(WAS, at); } catch { /* as above */ }
});

/* j and k, or arrows: the next and the one before. */
function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const to = now >= 0 ? now + step : left < 0 ? 0 : step > 0 ? left : left - 1; // what is read may have left the list
  const next = rows[Math.min(Math.max(to, 0), rows.length - 1)];
  if (next !== rows[now]) next.click();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const act = document.querySelector(`[data-key="${key}"]`);
  if (act) act.click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.metaKey || event.altKey || isOff()) return;
  if (event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog[open]")) return;
  const key = event.key;
  if (key === "?") dialog?.showModal?.();
  else if (key === "j" || (key === "ArrowDown" && event.target.closest("[data-row]"))) move(1);
  else if (key === "k" || (key === "ArrowUp" && event.target.closest("[data-row]"))) move(-1);
  else if (key === "J") press("j");
  else if (key.toLowerCase() === "z") document.querySelector(".toast[data-seconds] form button, .toast form button")?.click();
  else if (/^[a-z]$/i.test(key)) press(key.toLowerCase());
  else return;
  event.preventDefault();
});

/* The key that takes a step back stands on its button. */
if (!isOff()) for (const button of document.querySelectorAll(".toast[data-seconds] form button")) {
  button.append(" ", Object.assign(document.createElement("kbd"), { textContent: "Z" }));
}

/* The row that is read is marked, and a phone turns from the list to it. */
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.matches("[data-row]")) return;
  for (const row of document.querySelectorAll("[data-row][aria-current]")) row.removeAttribute("aria-current");
  event.target.setAttribute("aria-current", "true");
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (!event.detail.requestConfig?.elt?.matches("[data-row]")) return; // going back is no request of a row
  main.classList.add("inbox--reads");
  if (matchMedia("(max-width: 59.99rem)").matches) {
    scrollTo(0, 0);
    document.getElementById("read").focus({ preventScroll: true });
  }
});
for (const now of document.querySelectorAll(".views [aria-current], [data-row][aria-current]")) now.scrollIntoView({ block: "nearest", inline: "center" });

/* What can be done to several is shown once something is ticked. */
const bulk = document.querySelector("[data-bulk]");
if (bulk) {
  const show = () => { bulk.hidden = !bulk.closest("form").querySelector("[name=pick]:checked"); };
  bulk.closest("form").addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}

/* Looking for another unit, deputy or place keeps what was picked and written already. */
document.querySelector("[data-keeps-picks]")?.addEventListener("submit", (event) => {
  for (const old of event.target.querySelectorAll("[data-kept]")) old.remove();
  for (const picked of document.querySelectorAll("#act form[method=post] :is(.choice input:checked, input[type=text], select)")) {
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name: picked.name, value: picked.value });
    kept.dataset.kept = "";
    event.target.append(kept);
  }
});

/* A page of one act begins at what it asks; after an act, the keyboard stands on the row that is read. */
if (matchMedia("(pointer: fine)").matches && !document.querySelector("[data-mistakes]")) {
  const asks = document.querySelector("#act [data-first]") || document.querySelector("#act :is(form[method=post], .card) :is(input:not([type=hidden]), textarea)");
  const read = document.querySelector(".toast") && (document.querySelector("[data-row][aria-current]") || document.getElementById("read"));
  (asks || read)?.focus({ preventScroll: true });
}

/* What is selected in the text goes into the field that asks which words to hide. */
const takes = document.querySelector("[data-takes-selection]");
if (takes) {
  document.addEventListener("mouseup", () => {
    const picked = getSelection(), words = picked.toString().trim();
    if (!words || words.includes("\n") || words.length > 60 || !picked.anchorNode.parentElement.closest("[data-selectable]")) return;
    const lines = takes.value.split("\n").filter(Boolean);
    if (!lines.includes(words)) takes.value = [...lines, words].join("\n");
  });
}
