// Starts the components that pages use. Without it every page still works.
import {
  Button,
  Checkboxes,
  ErrorSummary,
  Header,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  createAll,
} from "./nhsuk-frontend.js";

for (const component of [
  Button,
  Checkboxes,
  ErrorSummary,
  Header,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
]) {
  createAll(component);
}

// A link to a part of an agreement's page from when it was one page leads to where the part is now.
const former = document.getElementById(window.location.hash.slice(1));
if (former?.dataset.leadsTo) {
  window.location.replace(former.dataset.leadsTo + window.location.hash);
}

// Whoever leaves a page with words that were not sent is asked first. Log-ins keep nothing typed.
const unsent = new Set();
const forms = window.location.pathname.startsWith("/account/")
  ? []
  : document.querySelectorAll('main form[method="post"]');
const cameBack = document.querySelector("main .nhsuk-error-summary, main #preview") !== null
  || new URLSearchParams(window.location.search).has("typed");
for (const form of forms) {
  if (cameBack && form.querySelector("textarea, input[type=text]")) {
    unsent.add(form);
  }
  form.addEventListener("input", () => unsent.add(form));
  form.addEventListener("submit", () => unsent.delete(form));
}
document.addEventListener("click", (event) => {
  if (event.target.closest("main a")?.textContent.trim() === "Cancel") {
    unsent.clear();
  }
});
window.addEventListener("beforeunload", (event) => {
  if (unsent.size) {
    event.preventDefault();
  }
});
