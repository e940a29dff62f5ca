/* Passkeys: asks the server for a challenge, the browser for its answer, and sends the form with it. No dependency.
   Browsers speak in bytes, the server in base64url; newer browsers would convert by themselves, these lines do for all. */
(function () {
  "use strict";

  var able = Boolean(window.PublicKeyCredential && navigator.credentials && window.fetch);

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (one) { return one.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = Array.from(new Uint8Array(buffer), function (one) { return String.fromCharCode(one); }).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  /* The same options with bytes where they are meant. */
  function options(asked) {
    var made = Object.assign({}, asked, { challenge: bytes(asked.challenge) });
    if (asked.user) made.user = Object.assign({}, asked.user, { id: bytes(asked.user.id) });
    ["allowCredentials", "excludeCredentials"].forEach(function (list) {
      if (!asked[list]) return;
      made[list] = asked[list].map(function (one) { return Object.assign({}, one, { id: bytes(one.id) }); });
    });
    return made;
  }

  function answer(credential) {
    var said = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (credential.response[part]) said[part] = text(credential.response[part]);
    });
    return JSON.stringify({
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response: said, clientExtensionResults: {}
    });
  }

  async function asked(button) {
    var token = button.form.elements.csrfmiddlewaretoken.value;
    var heard = await fetch(button.dataset.passkeyAsk, {
      method: "POST", headers: { "X-CSRFToken": token, "Accept": "application/json" }, redirect: "error"
    });
    var said = await heard.json();
    if (!heard.ok) throw { says: said.error };
    return said.publicKey;
  }

  function say(button, problem) {
    var place = button.parentElement.querySelector("[data-passkey-says]");
    var names = { InvalidStateError: "known", SecurityError: "elsewhere", NotAllowedError: "stopped", AbortError: "stopped" };
    place.textContent = problem ? problem.says || place.dataset[names[problem.name] || "failed"] : "";
    place.hidden = !problem;
  }

  async function run(button) {
    button.disabled = true;
    say(button, null);
    try {
      var wanted = await asked(button);
      var made = wanted.user ? "create" : "get";
      var credential = await navigator.credentials[made]({ publicKey: options(wanted) });
      button.form.elements[button.dataset.passkey].value = answer(credential);
      button.form.requestSubmit();
    } catch (problem) {
      say(button, problem);
    }
    button.disabled = false;
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-passkey]");
    if (button) run(button);
  });

  function show() {
    document.querySelectorAll("[data-passkey-part]").forEach(function (part) { part.hidden = !able; });
    document.querySelectorAll("[data-passkey-cannot]").forEach(function (words) { words.hidden = able; });
  }
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("htmx:afterSettle", show);
})();
