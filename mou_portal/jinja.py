"""The environment of the portal's pages, and what the page frame knows of a request."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    PackageLoader,
    StrictUndefined,
    Template,
    pass_context,
)
from jinja2.runtime import Context

from house.answers import NavigationEntry
from house.rooms import rooms
from nhsuk import dates, forms
from nhsuk.parameters import field_parameters
from nhsuk.words import plural
from web.paging import part_of
from web.sent_forms import FIELD, key_for


class PortalEnvironment(Environment):
    """Our templates, in which a misspelt name raises.

    The macros of the design system, and ours that fill them, ask for what they were not given:
    they have an environment of their own.
    """

    @cached_property
    def design_system(self) -> Environment:
        loaders = [each for each in (self.loader, PackageLoader("nhsuk_frontend_jinja")) if each]
        made = Environment(
            loader=ChoiceLoader(loaders),
            undefined=ChainableUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals, made.filters = self.globals, self.filters
        return made

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja names it
    ) -> Template:
        if isinstance(name, str) and name.startswith("nhsuk/"):
            return self.design_system.get_template(name)
        return super().get_template(name, parent, globals)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Shares the globals: Jinja compares them at each import, and its copies are slow at it."""
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> Environment:
    """The environment of the portal's pages, for Django's Jinja2 backend."""
    options |= {"undefined": StrictUndefined, "autoescape": True}
    made = PortalEnvironment(trim_blocks=True, lstrip_blocks=True, **options)
    # What a page may set for its frame (base.jinja).
    made.globals |= {"bare": False, "has_errors": False, "wide": False}
    made.globals |= {
        "csrf": csrf,
        "field_parameters": field_parameters,
        "form_fields": forms.fields_html,
        "form_summary": forms.summary,
        "organisation_name": settings.ORGANISATION_NAME,
        "plural": plural,
        "portal_name": settings.PORTAL_NAME,
        "static": static,
        "support_contact": settings.SUPPORT_CONTACT,
        "url": url,
        "with_query": with_query,
        "paged": paged,
    }
    made.filters |= {
        "clock_time": dates.clock_time,
        "day": dates.day,
        "day_short": dates.day_short,
        "iso": dates.iso,
        "moment": dates.moment,
    }
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a page by its URL name. Raises NoReverseMatch for a name that is not there."""
    return reverse(name, args=args, kwargs=kwargs)


def with_query(query: QueryDict, **changes: Any) -> str:
    """The page's own query with some values changed; None or "" takes a value out."""
    asked = query.copy()
    for key, value in changes.items():
        asked.pop(key, None)
        if value not in (None, ""):
            asked[key] = str(value)
    return f"?{asked.urlencode()}"


@pass_context
def paged(context: Context, rows: Any, by: str, *, newest_last: bool = False) -> Any:
    """The page of a list at hand that the address asks for by its part `by` (web/paging.py)."""
    return part_of(rows, context["request"].GET, by, newest_last=newest_last)


@pass_context
def csrf(context: Context) -> Any:
    """The hidden CSRF input, and the key by which the form is carried out once.

    Raises where a macro was imported without its context.
    """
    if "csrf_input" not in context:
        raise LookupError('This form has no CSRF token: import its macro "with context".')
    key = '{}<input type="hidden" name="{}" value="{}">'
    return format_html(key, context["csrf_input"], FIELD, key_for(context["request"]))


@dataclass
class Frame:
    """What header, navigation and banners show. Nothing is looked up before a page asks."""

    request: HttpRequest

    @cached_property
    def user(self) -> Any:
        """Who is logged in, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def sign_on(self) -> str:
        """What people call the provider by which they may log in; "" where there is none."""
        return settings.SINGLE_SIGN_ON.name if settings.SINGLE_SIGN_ON else ""

    @cached_property
    def organisation(self) -> Any:
        """The organisation the person acts for now, or None."""
        return getattr(self._acting, "organisation", None)

    @cached_property
    def may_change_organisation(self) -> bool:
        return len(getattr(self._acting, "choices", ())) > 1

    @property
    def navigation(self) -> list[tuple[NavigationEntry, str, bool]]:
        """The menu: entry, its path, and whether the page is in its part of the portal."""
        return [self._place(entry) for entry in self._entries if not entry.in_footer]

    @property
    def footer(self) -> list[tuple[NavigationEntry, str, bool]]:
        """The same for what stands in the footer."""
        return [self._place(entry) for entry in self._entries if entry.in_footer]

    @cached_property
    def _entries(self) -> list[NavigationEntry]:
        if self.user is None:
            return []
        of_rooms = [entry for room in rooms() for entry in room.navigation(self._acting)]
        entries = [NavigationEntry("Home", "home", 0), *of_rooms]
        return sorted(entries, key=lambda each: each.position)

    @cached_property
    def messages(self) -> list[Message]:
        return list(get_messages(self.request))

    @property
    def _acting(self) -> Any:
        return getattr(self.request, "acting", None)

    def _place(self, entry: NavigationEntry) -> tuple[NavigationEntry, str, bool]:
        path = reverse(entry.url_name)
        here = self.request.path
        return entry, path, here == path if path == "/" else here.startswith(path)


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor: one name, because its values win over those of the view."""
    return {"frame": Frame(request)}
