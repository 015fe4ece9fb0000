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
