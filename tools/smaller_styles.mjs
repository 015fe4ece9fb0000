// Makes a style sheet smaller: without what no page can use, and without white space.
//
//   node tools/smaller_styles.mjs static/built/portal.css
//
// A component of the design system comes whole, with options that no page takes. A selector that
// names a class of `LEFT_OUT` is taken out, and a rule with its last selector. A page that begins
// to use one of them fails tests/nhsuk/test_assets.py: then its word goes from here.
import { readFileSync, writeFileSync } from "node:fs";
import { Features, transform } from "lightningcss";

const LEFT_OUT = anyOf([
  ".*--reverse",
  "action-link.*|expander.*|image.*|link-image|scroll.*|section-break.*|width-container-fluid",
  "body-m|caption|caption--bottom|caption-x+l|heading-xl|heading-xxs|lede-text.*",
  "button--(brand|icon|login|secondary-solid)|button__content|button-group--small",
  "card--(care.*|clickable|feature|primary|secondary)|card-group.*",
  "card__(action.*|.*--.*|heading-container|img|link)",
  "(checkboxes|radios)__(conditional.*|divider)",
  "(fieldset__legend|label)--xl|form-group--inline|label-wrapper",
  "error-summary__title|notification-banner__link|u-visually-hidden-focusable",
  "file-upload--.*|file-upload__(choose|drop|status).*|footer__(heading|navigation)",
  "grid-column-(one-quarter|three-quarters)|icon--(search|size-.*)|main-wrapper--l",
  "header--.*|header__(logo|organisation.*|search.*|service-logo|navigation--.*|navigation-text)",
  "input--(code|large)|input__.*|input-wrapper--large|input-wrapper__prefix",
  "link--(no-underline|text-colour)|list--(cross|tick)|panel.*|pagination-item.*|pagination__page",
  "summary-list--.*|summary-list__row--no-border|tag--no-.*|task-list__status--.*",
  "table--(compact|no-.*border|striped)|table-[a-z].*|table__caption--(l|s|xl)|table__.*heading-tab",
]);
// What paper does not show (parts/_print.scss) needs no style for paper.
const NOT_PRINTED = anyOf([
  "button|button--.*|(back-link|breadcrumb|footer|pagination|skip-link).*",
  "header__(account|menu|navigation).*|password-input__toggle|summary-list__actions.*",
]);
const MEDIA = ["all", "print", "screen"];
const STATES = ["active", "focus", "hover", "visited"];

function anyOf(names) {
  return new RegExp(`^nhsuk-(${names.join("|")})$`);
}

function names(selector, classes) {
  return selector.some(
    ({ name, kind, selectors }) =>
      classes.test(name)
      || (["has", "is", "where"].includes(kind) && selectors.every((each) => names(each, classes))),
  );
}

// An icon has the colour of the words beside it, whatever their state; no button has one.
function isNeedless(selector) {
  return selector.findLast(({ type }) => type === "class")?.name === "nhsuk-icon"
    && selector.some(({ name, kind }) => STATES.includes(kind) || name === "nhsuk-button");
}

function isForSomeoneToday({ mediaType, condition }) {
  return MEDIA.includes(mediaType) && condition?.value?.name !== "-ms-high-contrast";
}

function style(rule) {
  const { selectors } = rule.value;
  const kept = selectors.filter((each) => !names(each, LEFT_OUT) && !isNeedless(each));
  if (kept.length === selectors.length) return undefined;
  return kept.length ? { ...rule, value: { ...rule.value, selectors: kept } } : [];
}

function isPrinted(rule) {
  return rule.type !== "style" || !rule.value.selectors.every((each) => names(each, NOT_PRINTED));
}

// Without Internet Explorer, and without paper for what is not printed.
function media(rule) {
  const { query, rules } = rule.value;
  const mediaQueries = query.mediaQueries.filter(isForSomeoneToday);
  const isPaper = mediaQueries.every(({ mediaType }) => mediaType === "print");
  const kept = isPaper ? rules.filter(isPrinted) : rules;
  if (!mediaQueries.length || !kept.length) return [];
  if (mediaQueries.length === query.mediaQueries.length && kept.length === rules.length) {
    return undefined;
  }
  return { ...rule, value: { ...rule.value, query: { mediaQueries }, rules: kept } };
}

const [file] = process.argv.slice(2);

function transformed(code, options) {
  return transform({ filename: file, code, ...options }).code;
}

const taken = transformed(readFileSync(file), { visitor: { Rule: { style, media } } });
// A width as every browser understands it.
writeFileSync(file, transformed(taken, { minify: true, include: Features.MediaQueries }));
