// Passkeys: asks the browser for one, or to make one, and sends the answer as a form would.

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (it) => it.charCodeAt(0));
}

function letters(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// What waits in the background for a passkey to be picked among the suggestions of a field.
let waiting = null;

class PassKey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.button = this.querySelector("button");
    this.told = this.querySelector("[role=status]");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.run());
    if ("suggests" in this.dataset) this.suggest();
  }

  options() {
    const options = JSON.parse(this.dataset.options);
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const list of [options.allowCredentials, options.excludeCredentials]) {
      for (const it of list ?? []) it.id = bytes(it.id);
    }
    return options;
  }

  async suggest() {
    if (!await window.PublicKeyCredential.isConditionalMediationAvailable?.()) return;
    waiting = new AbortController();
    try {
      this.send(await navigator.credentials.get({
        publicKey: this.options(), mediation: "conditional", signal: waiting.signal,
      }));
    } catch {
      // Somebody went another way.
    }
  }

  async run() {
    waiting?.abort();
    this.told.textContent = "";
    this.button.disabled = true;
    try {
      const publicKey = this.options();
      const makes = this.dataset.do === "make";
      this.send(await (makes ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey })));
    } catch (error) {
      this.told.textContent = error.name === "InvalidStateError"
        ? "This device has a passkey for your account already."
        : "No passkey was used. Try once more, or go another way.";
    }
    this.button.disabled = false;
  }

  send(credential) {
    const { response } = credential;
    const answer = this.dataset.do === "make"
      ? { clientData: letters(response.clientDataJSON), attestation: letters(response.attestationObject) }
      : {
          credential: letters(credential.rawId),
          clientData: letters(response.clientDataJSON),
          data: letters(response.authenticatorData),
          signature: letters(response.signature),
          user: response.userHandle ? letters(response.userHandle) : null,
        };
    this.querySelector("input[name=passkey]").value = JSON.stringify(answer);
    this.closest("form").submit();
  }
}

customElements.define("pass-key", PassKey);
