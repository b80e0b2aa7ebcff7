// Entries can be dragged to another place. Whoever has no mouse has the buttons, which do the same.
const lists = [...document.querySelectorAll("ol[data-column]")];
let dragged = null;

const clear = () => document.querySelectorAll(".is-over").forEach((one) => one.classList.remove("is-over"));

function drop(list, before) {
  if (!dragged || before === dragged) return;
  const others = [...list.children].filter((one) => one !== dragged);
  const form = dragged.querySelector("form");
  const told = { to: before ? others.indexOf(before) : others.length, column: list.dataset.column };
  for (const [name, value] of Object.entries(told)) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
  }
  form.submit();
}

for (const list of lists) {
  for (const entry of list.children) {
    entry.draggable = true;
    entry.addEventListener("dragstart", (event) => { dragged = entry; event.dataTransfer.effectAllowed = "move"; });
    entry.addEventListener("dragend", () => { dragged = null; clear(); });
    entry.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      clear();
      entry.classList.add("is-over");
    });
    entry.addEventListener("drop", (event) => { event.preventDefault(); drop(list, entry); });
  }
  list.addEventListener("dragover", (event) => { if (dragged) event.preventDefault(); });
  list.addEventListener("drop", (event) => { if (event.target === list) { event.preventDefault(); drop(list, null); } });
}
