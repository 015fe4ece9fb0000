"""The pages of templates: which there are, one with its versions and people, and its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse

from agreements.drafting.blanks import fill, missing_in, open_in
from agreements.drafting.pages.compare import Comparison
from agreements.drafting.pages.document import ClauseOnPage, as_text, document
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.drafting.typed_figures import typed_against
from agreements.drafting.wording import TermBlank, term_blanks, worded, words_of_template
from agreements.library import LibraryTemplate, library
from agreements.models import Template, TemplateClause, TemplateVersion
from agreements.templates.services.people import keepers_of, let_in, may_edit
from agreements.terms import Slot
from nhsuk.components import Button, Column, Tag
from nhsuk.dates import day
from nhsuk.words import capital
from parties.acting import Acting
from parties.models import Organisation, Role, User
from parties.who import DRAFTERS


def state_tag(version: TemplateVersion) -> Tag:
    return Tag(version.get_state_display(), "blue" if version.is_draft else "green")


def published_of(versions: Iterable[TemplateVersion]) -> TemplateVersion | None:
    """The published version that agreements start from; the newest comes first."""
    return next((version for version in versions if not version.is_draft), None)


def draft_of(versions: Iterable[TemplateVersion]) -> TemplateVersion | None:
    return next((version for version in versions if version.is_draft), None)


class TemplateList:
    """What the reader may use or take (four queries, however many templates)."""

    published_of = staticmethod(published_of)
    draft_of = staticmethod(draft_of)
    tag = staticmethod(state_tag)

    def __init__(self, acting: Acting) -> None:
        self.acting = acting
        visible = Template.objects.visible_to(acting).select_related("organisation")
        self.templates = list(visible.prefetch_related("organisation__names", "versions"))
        self.may_take = acting.has(Role.MANAGER)

    def is_own(self, template: Template) -> bool:
        return template.organisation_id == self.acting.organisation_id

    @property
    def shelf(self) -> list[LibraryTemplate]:
        """Those that come with the portal and that the organisation has not taken yet."""
        own = {template.key for template in self.templates if self.is_own(template)}
        return [source for key, source in library().items() if key not in own]


class TemplatePage:
    """A template with its versions and people (about six queries)."""

    columns = ("Version", "State", "Published", Column("Your agreements from it", numeric=True))
    tag = staticmethod(state_tag)

    def __init__(self, template: Template, acting: Acting) -> None:
        self.template, self.acting = template, acting
        self.may_edit = may_edit(acting, template)
        own = template.organisation_id == acting.organisation_id
        self.is_keeper = own and acting.has(Role.MANAGER)

    @cached_property
    def versions(self) -> list[TemplateVersion]:
        """The newest first, each with how many agreements of the reader's started from it."""
        mine = Q(agreements__access__organisation=self.acting.organisation_id or 0)
        counted = Count("agreements", filter=mine, distinct=True)
        return list(self.template.versions.annotate(made=counted).order_by("-seq"))

    @cached_property
    def keepers(self) -> list[User]:
        return list(keepers_of(self.template))

    @cached_property
    def let_in(self) -> list[User]:
        return list(let_in(self.template))

    @property
    def standing(self) -> str:
        """Which version agreements start from, and whether the next one is being written."""
        published, draft = published_of(self.versions), draft_of(self.versions)
        said = "No version is published yet, so no agreement can start from it."
        if published and published.published_at:
            on = day(published.published_at)
            said = f"New agreements start from version {published.seq} of {on}."
        return f"{said} A draft of version {draft.seq} is open." if draft else said

    @property
    def actions(self) -> list[Button]:
        """What the reader can do with it, the main thing first."""
        actions = [self._edit()] if self.may_edit else []
        if published_of(self.versions) and DRAFTERS.includes(self.acting):
            start = Button("Start from this template", reverse("agreements:new"))
            actions.append(replace(start, kind="secondary") if actions else start)
        return actions

    def _edit(self) -> Button:
        if draft := draft_of(self.versions):
            page = reverse("templates:version", args=[self.template.pk, draft.seq])
            return Button("Go on with the draft", page)
        open_it = reverse("templates:open_draft", args=[self.template.pk])
        return Button("Open a draft", post_to=open_it)


def sides_of(version: TemplateVersion) -> dict[str, str]:
    """What each side is called at the beginning of a line, by its slot."""
    return {slot.key: capital(slot.each) for slot in version.typed_slots}


def labels_of(version: TemplateVersion) -> dict[str, str]:
    """What each blank asks for, by its key."""
    named = {slot.key: f"Name of {slot.each}" for slot in version.typed_slots}
    return named | {blank.key: blank.label for blank in version.typed_blanks}


def blanks_of(version: TemplateVersion) -> dict[str, str]:
    """What stands for each blank when somebody reads the template: "[Area covered]", "72 hours"."""
    asked = {key: f"[{label}]" for key, label in labels_of(version).items()}
    return words_of_template(version) | asked


def to_put_right(version: TemplateVersion) -> list[str]:
    """A sentence for each blank that the template does not have, and for each figure that is typed
    against its terms, with the clause (one query)."""
    written, slots = list(version.clauses.all()), version.typed_slots
    found = open_in(worded(written, words_of_template(version)), labels_of(version))
    sides = {slot.key: slot.each for slot in slots}
    wrong = [each.sentence for each in found if not each.is_known]
    return [*wrong, *typed_against(written, version.typed_terms, sides)]


def readable(text: str, blanks: Mapping[str, str]) -> str:
    """The text with its blanks shown as what goes there; a strange one as it is called."""
    return fill(text, {key: f"[{key}]" for key in missing_in([text])} | dict(blanks))


class BlankUse(NamedTuple):
    """A blank of the text, with how many clauses have it."""

    key: str
    label: str
    hint: str
    used: int


class TemplateText:
    """One version with its clauses, read once (about eight queries, however many clauses)."""

    def __init__(self, version: TemplateVersion, acting: Acting) -> None:
        self.version, self.template, self.tag = version, version.template, state_tag(version)
        self.rows: list[TemplateClause] = list(version.clauses.all())
        # Whether the reader may edit the template, and this version still changes.
        self.may_change = version.is_draft and may_edit(acting, version.template)
        self.sides = sides_of(version)

    @cached_property
    def last_edit(self) -> str:
        """Who edited the draft last, by name."""
        history = self.version.clause_history.filter(history_type="~")
        newest = history.select_related("history_user__person").first()
        if newest is None or newest.history_user is None:
            return ""
        return f"{newest.history_user} edited “{newest.heading}” last"

    def clauses(self, note: Mapping[str, str]) -> list[ClauseOnPage]:
        """The clauses for the page; `note` says what was just done: {"saved": key}."""
        texts, blanks = [as_text(row) for row in self.rows], blanks_of(self.version)
        for text in texts:
            text.heading, text.body = readable(text.heading, blanks), readable(text.body, blanks)
        return document(texts, {}, note)

    @property
    def terms(self) -> list[TermInWords]:
        return terms_in_words(self.version.typed_terms, self.sides)

    @property
    def term_blanks(self) -> list[TermBlank]:
        slots = {slot.key: slot.each for slot in self.version.typed_slots}
        return term_blanks(self.version.typed_terms, slots)

    @staticmethod
    def kinds_of(slot: Slot) -> list[str]:
        """The kinds of organisation that may take a side, in words."""
        kinds = [str(Organisation.Kind(kind).label) for kind in slot.organisation_kinds]
        return kinds or ["Any organisation"]

    @property
    def blanks(self) -> list[BlankUse]:
        """What each agreement fills in, with how often it stands here."""
        used = Counter(key for row in self.rows for key in missing_in([row.heading, row.body]))
        version, hint = self.version, "The portal fills it in."
        known = [(slot.key, f"Name of {slot.each}", hint) for slot in version.typed_slots]
        known += [(blank.key, blank.label, blank.hint) for blank in version.typed_blanks]
        keys = {key for key, *_ in known}
        known += [(key, key, "Nothing here says what it is.") for key in used if key not in keys]
        return [BlankUse(*each, used[each[0]]) for each in known]


def changes_since(version: TemplateVersion) -> Comparison | None:
    """What this version changes; None for a template's first."""
    earlier = version.template.versions.filter(seq__lt=version.seq)
    before = earlier.order_by("-seq").first()
    if before is None:
        return None
    old, new = ([as_text(c) for c in v.clauses.all()] for v in (before, version))
    return Comparison((old, before.typed_terms), (new, version.typed_terms), sides_of(version))
