"""Each form is carried out once, however often it is sent (record 0029).

Every form of a page carries a key that was made for the page and its reader, beside its CSRF token.
What is sent with one key, to one address, with the same words, is one act: the second tap, a
browser that sends again. Other words are another act, as after "Back".
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

from house import clock
from house.refusals import Refused
from web.models import MendedUpload, SentForm

T = TypeVar("T")
FIELD = "form_key"
KEPT_FOR = timedelta(days=2)
# A form may stand open over a week-end.
KEY_HOLDS_FOR = timedelta(days=7)
DROPPED_AT_ONCE = 200
# One form in so many looks for old ones.
DROPPED_EVERY = 50
_SIGNER = TimestampSigner(salt="portal.form_key")
# The first request may be just before its answer: so long the second looks where it leads.
_LOOKS, _BETWEEN_LOOKS = 20, 0.05


class SentAlready(Exception):
    """This very form was carried out before."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest)
        self.digest = digest


class FormKey(NamedTuple):
    key: str
    # Who read the page that the form stood on, acting for which organisation; empty for nobody.
    reader: str
    organisation: str


def key_for(request: HttpRequest) -> str:
    """The key that the forms of this page carry."""
    made: str | None = getattr(request, "form_key", None)
    if made is None:
        made = _SIGNER.sign(f"{uuid4().hex}.{_reader(request)}.{organisation_of(request)}")
        request.form_key = made  # type: ignore[attr-defined]
    return made


def organisation_of(request: HttpRequest) -> str:
    """The id of the organisation that the reader acts for; empty for none."""
    return str(getattr(getattr(request, "acting", None), "organisation_id", None) or "")


def _reader(request: HttpRequest) -> str:
    return str(getattr(getattr(request, "user", None), "pk", None) or "")


def key_of(request: HttpRequest) -> FormKey | None:
    """The key that was sent; None where there is none of ours, or one that is too old."""
    try:
        signed = _SIGNER.unsign(request.POST.get(FIELD, ""), max_age=KEY_HOLDS_FOR)
    except BadSignature:
        return None
    return FormKey(*signed.split("."))


def once(request: HttpRequest, act: Callable[[], T]) -> T:
    """What the act gives, if this form was not carried out yet. Raises SentAlready if it was.

    What a service refuses it undoes by itself, so the form may be sent again; what was counted
    before it, such as wrong passwords, stays.
    """
    key = key_of(request)
    if key is None:
        return act()
    refused: Refused
    with transaction.atomic():
        row = _taken(request, key)
        try:
            given = act()
        except Refused as refusal:
            row.delete()
            refused = refusal
        else:
            request.sent_form = row.pk  # type: ignore[attr-defined]
            return given
    raise refused


def _taken(request: HttpRequest, key: FormKey) -> SentForm:
    """Call it first in the transaction of the act, which ends where the form was taken before."""
    digest = _digest(request, key)
    try:
        return SentForm.objects.create(digest=digest, at=clock.now())
    except IntegrityError:
        raise SentAlready(digest) from None


def _digest(request: HttpRequest, key: FormKey) -> str:
    said = "\0".join(_said(request, key))
    return salted_hmac("portal.sent_form", said, algorithm="sha256").hexdigest()


def _said(request: HttpRequest, key: FormKey) -> Iterator[str]:
    yield from (key.key, _reader(request), request.get_full_path())
    for name, values in sorted(request.POST.lists()):
        if name not in (FIELD, "csrfmiddlewaretoken"):
            yield from (name, *values)
    for name, file in sorted(request.FILES.items()):
        yield from (name, str(getattr(file, "name", "")), str(getattr(file, "size", "")))


class SentFormsMiddleware:
    """Notes where a form led that was carried out, and leads whoever sent it again there too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if row := getattr(request, "sent_form", None):
            leads_to = response.get("Location") or request.get_full_path()
            SentForm.objects.filter(pk=row).update(leads_to=leads_to[:2_000])
            if row % DROPPED_EVERY == 0:
                _drop_old()
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Before the view: what the form was about may be gone since."""
        if request.method != "POST" or not (key := key_of(request)):
            return None
        digest = _digest(request, key)
        return _again(request, digest) if SentForm.objects.filter(digest=digest).exists() else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _again(request, exception.digest) if isinstance(exception, SentAlready) else None


def _again(request: HttpRequest, digest: str) -> HttpResponse:
    messages.info(request, "You sent this form twice.\nIt was carried out once.")
    return redirect(_where_it_led(digest) or "/")


def _where_it_led(digest: str) -> str:
    for _ in range(_LOOKS):
        row = SentForm.objects.filter(digest=digest).first()
        if row is None or row.leads_to:
            return row.leads_to if row else ""
        time.sleep(_BETWEEN_LOOKS)
    return ""


def _drop_old() -> None:
    with transaction.atomic():
        old = SentForm.objects.filter(at__lt=clock.now() - KEPT_FOR).order_by("at")
        rows = old.select_for_update(skip_locked=True).values_list("pk", flat=True)
        if found := list(rows[:DROPPED_AT_ONCE]):
            SentForm.objects.filter(pk__in=found).delete()
    MendedUpload.objects.drop_old()
