/* A page that is sent while there is no line would be gone, and what was written on it too. So the line is tried first;
   where there is none, the page stays and says so. Pressed once more it is sent whatever the trial says, for a line may
   be slow beyond waiting. */

const WAIT_MS = 8000;

async function isThere(address) {
  if (!navigator.onLine) return false;
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), WAIT_MS);
  try {
    await fetch(address, { method: "HEAD", cache: "no-store", credentials: "omit", signal: stop.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

for (const told of document.querySelectorAll("[data-line]")) {
  const form = told.closest("form");
  let state = "";
  form.addEventListener("submit", async (event) => {
    if (state === "goes" || (state === "failed" && navigator.onLine)) {
      state = "";
      return;
    }
    event.preventDefault();
    if (state === "tries") return;
    state = "tries";
    told.hidden = true;
    form.setAttribute("aria-busy", "true");
    const is = await isThere(told.dataset.line);
    form.removeAttribute("aria-busy");
    told.hidden = is;
    state = is ? "goes" : "failed";
    if (is) (event.submitter || form.querySelector(".btn--main")).click();
    else told.scrollIntoView({ block: "nearest" });
  });
}
