/* Passkeys. A form with data-passkey="create" or "get" asks the browser for one, writes the answer into its field
   `credential`, and is sent. The question stands in data-options, or comes from the address in data-ask.
   Such forms are hidden until this module runs, in a browser that knows passkeys. */

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const plain = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const keys = (list = []) => list.map((key) => ({ ...key, id: bytes(key.id) }));

async function create({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: keys(publicKey.excludeCredentials),
      authenticatorSelection: { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
    },
  });
  return told(made, {
    attestationObject: plain(made.response.attestationObject),
    transports: made.response.getTransports ? made.response.getTransports() : [],
  });
}

async function get({ publicKey }) {
  const found = await navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: keys(publicKey.allowCredentials) },
  });
  const { authenticatorData, signature, userHandle } = found.response;
  return told(found, {
    authenticatorData: plain(authenticatorData),
    signature: plain(signature),
    userHandle: userHandle ? plain(userHandle) : null,
  });
}

function told(credential, response) {
  return {
    type: credential.type,
    id: credential.id,
    rawId: plain(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment || null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: plain(credential.response.clientDataJSON), ...response },
  };
}

async function question(form) {
  if (!form.dataset.ask) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${form.dataset.ask} answered ${answer.status}`);
  return (await answer.json()).request_options;
}

function say(form, error) {
  const words = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known" }[error.name] || "failed";
  const place = form.querySelector("[data-oops]");
  place.querySelector("[data-text]").textContent = place.dataset[words];
  place.hidden = false;
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await (form.dataset.passkey === "create" ? create : get)(await question(form));
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      button.disabled = false;
      say(form, error);
    }
  });
}
