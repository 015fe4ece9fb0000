"""Saved e-mails as evidence: put on a thing, said to be right or not, taken out (X12)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from django.db.models import Model

from agreements.core.confirming import is_news
from agreements.core.emailing import Things, things_of
from agreements.core.sides import stands_for
from agreements.emails.queries import thing_of
from agreements.models import EmailWord, SavedEmail
from documents.emails import TYPE, ReadEmail
from documents.models import StoredFile
from documents.storage import store
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import NotYours, Refused
from mail.services import delivery, queue_all
from nhsuk.dates import day
from parties.acting import Acting

NOT_YOURS: Final = (
    "Only editors, MoU managers and secretaries of the parties whose matter it is may do this."
)
# The kind of those that came to the agreement and are on no other thing.
AS_SUCH: Final = "agreement"
IN_ERROR: Final = "This e-mail was entered in error. Nothing more is said of it."


def put_email(*, by: Acting, things: Things[Any], thing: Model, read: ReadEmail) -> SavedEmail:
    """Keeps the e-mail and its file with the thing; the other sides are told. Raises Refused where
    it is there already."""
    require_may_put(by, things, thing)
    with one_job():
        return keep_email(by=by, things=things, thing=things.lock(thing), read=read)


def keep_email(
    *, by: Acting, things: Things[Any], thing: Model, read: ReadEmail,
    file: StoredFile | None = None, by_mail: str = "",
) -> SavedEmail:  # fmt: skip
    """The same within the caller's transaction, with the thing locked; `file` where it is stored
    already, `by_mail` the address from which it came by itself."""
    digest = sha256(read.data).hexdigest()
    _check_new(things, thing, digest)
    saved = SavedEmail.objects.create(
        kind=things.key, thing=thing.pk, agreement=_only(things, thing), sha256=digest,
        file=file or stored(read), put_by=by.who, put_for=by.on_behalf_of, put_at=clock.now(),
        by_mail=by_mail, **_facts(read),
    )  # fmt: skip
    _tell(by, things, thing, saved, "email_put")
    return saved


def stored(read: ReadEmail) -> StoredFile:
    """Its file, under a name that says nothing: lists of files are open to administrators."""
    ending = next(each for each, of_type in TYPE.items() if of_type == read.content_type)
    return store(read.data, name=f"e-mail.{ending}", content_type=read.content_type)


def say_of_email(*, by: Acting, email: SavedEmail, agrees: bool, because: str = "") -> None:
    """Another party's word on it. A second press says nothing new. Raises NotYours for the party
    that put it there."""
    things, thing = of_email(email)
    require_part(by, things, thing)
    if is_own(by, email):
        raise NotYours("Your organisation put this e-mail here itself. Another party says that.")
    with one_job():
        things.lock(thing)
        current = lock(email)
        if current.is_error:
            raise Refused(IN_ERROR)
        if not is_news(by, current.words.all(), agrees=agrees, because=because):
            return
        EmailWord.objects.create(
            email=current, organisation=by.on_behalf_of, agrees=agrees, user=by.who,
            reason="" if agrees else because, at=clock.now(), by_link=by.by_link,
        )  # fmt: skip
        _tell(by, things, thing, current, "email_right" if agrees else "email_wrong")


def move_email(*, by: Acting, email: SavedEmail, things: Things[Any], thing: Model) -> None:
    """From the agreement as such to the thing that it is about. Raises Refused for an e-mail that
    is on a thing already: who reads it would change."""
    if not is_own(by, email):
        raise NotYours("Only the party that put this e-mail here says what it is about.")
    require_may_put(by, things, thing)
    with one_job():
        things.lock(thing)
        current = lock(email)
        if current.is_error or current.kind != AS_SUCH:
            raise Refused("This e-mail is not among those of the agreement as such any more.")
        _check_new(things, thing, current.sha256)
        current.kind, current.thing = things.key, thing.pk
        current.agreement = _only(things, thing)
        current.save(update_fields=["kind", "thing", "agreement"])
        things.record(by=by, thing=thing, verb="email_moved", about=current)


def enter_in_error(*, by: Acting, email: SavedEmail, because: str) -> None:
    """Whoever put it there takes it out: its words stay with their own organisation, and the others
    see that it was there, and why it is not. Raises NotYours for another party."""
    things, thing = of_email(email)
    require_part(by, things, thing)
    if not is_own(by, email):
        raise NotYours("Only the party that put this e-mail here may say that it was an error.")
    with one_job():
        things.lock(thing)
        current = lock(email)
        if current.is_error:
            raise Refused("This e-mail is marked as entered in error already.")
        current.error_at, current.error_by = clock.now(), by.who
        current.error_because = because
        current.save(update_fields=["error_at", "error_by", "error_because"])
        _tell(by, things, thing, current, "email_error")


def require_may_put(by: Acting, things: Things[Any], thing: Model) -> None:
    """Raises NotYours for who may only read it."""
    if not things.may_put(thing, by):
        raise NotYours(NOT_YOURS)


def require_part(by: Acting, things: Things[Any], thing: Model) -> None:
    """Raises NotYours for who may only read it, or whose matter it is not."""
    if not things.has_part(thing, by):
        raise NotYours(NOT_YOURS)


def of_email(email: SavedEmail) -> tuple[Things[Any], Model]:
    """The thing that it is on."""
    things = things_of(email.kind)
    return things, thing_of(things, email.thing)


def is_own(by: Acting, email: SavedEmail) -> bool:
    """Whether their organisation put it there, or took the place of the one that did."""
    things, thing = of_email(email)
    own = by.organisation_id == email.put_for_id
    return own or any(
        stands_for(each, by.organisation_id, email.put_for_id) for each in things.agreements(thing)
    )


def _check_new(things: Things[Any], thing: Model, digest: str) -> None:
    there = SavedEmail.objects.filter(
        kind=things.key, thing=thing.pk, sha256=digest, error_at=None
    ).select_related("put_for")
    if known := there.first():
        raise Refused(
            f"This e-mail is here already: {known.put_for} put it here on {day(known.put_at)}.",
            field="file",
        )


def _only(things: Things[Any], thing: Model) -> Any:
    """The agreement of the thing, where it can be of no other."""
    found = things.agreements(thing)
    return found[0] if things.is_of_one and found else None


def _facts(read: ReadEmail) -> dict[str, Any]:
    names = ("sender_name", "sender_address", "sent_at", "sent_offset", "subject", "message_id")
    return {name: getattr(read, name) for name in (*names, "text", "attachment_count")} | {
        "recipients": list(read.recipients),
        "attachments": [vars(each) for each in read.attachments],
        "findings": list(read.findings),
    }


def _tell(by: Acting, things: Things[Any], thing: Model, saved: SavedEmail, verb: str) -> None:
    """On record; one e-mail to each of the others, and of a word to who put it there."""
    things.record(by=by, thing=thing, verb=verb, about=saved, email=str(saved.public_id))
    own, at = getattr(by.user, "email", "").lower(), clock.now().isoformat()
    told = {each.address.lower(): each for each in things.told(thing, by)}
    queue_all(
        delivery(
            kind=verb, address=each.address, organisation_id=each.organisation_id,
            context={
                "email": saved.pk, "organisation": each.organisation_id, "by": by.organisation_id,
                "person": each.person_id, "why": each.why, "on": at,
            },
            dedupe=f"{verb}:{saved.pk}:{at}:{each.address}",
        )
        for address, each in told.items() if address != own
    )  # fmt: skip
