/* Takes the code from behind the # of the link, where no server and no log sees it, and sends it on. */

const form = document.querySelector("form[data-invitation]");
const code = decodeURIComponent(location.hash.slice(1));
if (form && code && !form.querySelector("[aria-invalid=true]")) {
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = code;
  form.submit();
}
