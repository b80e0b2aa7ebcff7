/* The code on a receipt comes behind the # of its address, which no server and no log sees: taken from there, and posted. */
const code = location.hash.slice(1), form = document.querySelector("[data-code]");
if (/^\d{12}$/.test(code) && form) {
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = code;
  document.querySelector("[data-scan]").hidden = false;
  form.submit();
}

/* What displeased is asked of who says no; without scripts it is asked of everybody, and may be left out. */
const judge = document.querySelector(".judge"), why = judge?.querySelector(".judge__why");
const ask = () => { why.hidden = !judge.querySelector("input[value=no]:checked"); };
if (why) {
  ask();
  judge.addEventListener("change", ask);
}
