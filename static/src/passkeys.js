// Shows what only works with scripts, and says so in words when a passkey did not work.
for (const part of document.querySelectorAll("[data-needs-script]")) {
  part.hidden = !window.PublicKeyCredential;
}

document.addEventListener("allauth.error", (event) => {
  const message = document.getElementById("passkey-problem");
  if (message) {
    event.preventDefault();
    message.hidden = false;
    message.focus();
  }
});
