"""Forms that change much, each at the stage at which somebody sends it: for proofs of kills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from house import clock
from nhsuk.forms import date_boxes
from parties.models import User
from tests.cast import PASSWORD, Cast
from tests.pdf import a_pdf
from tests.setting_up import library_template
from tests.stages import approved, asked, drafted, frozen, give, sent
from tests.typed import fields_of

ClientOf = Callable[[User], Client]
ADDED = (
    b'"Name","E-mail","Post","Roles"\n"Ada Analyst","ada@moors.example","Analyst","Editor"\n'
    b'"Bob Builder","","Estates lead",""\n'
)


@dataclass(frozen=True)
class Form:
    """A form that somebody has open and filled in; it can be sent again and again."""

    client: Client
    path: str
    # Bytes are those of a PDF.
    typed: dict[str, Any]

    def send(self) -> Any:
        """The portal's answer."""
        typed = {
            name: SimpleUploadedFile("file.pdf", said, "application/pdf")
            if isinstance(said, bytes)
            else said
            for name, said in self.typed.items()
        }
        return self.client.post(self.path, typed)


def opened(client: Client, path: str, **typed: Any) -> Form:
    return Form(client, path, fields_of(client.get(path).content.decode()) | typed)


def signing_last(cast: Cast, client_of: ClientOf) -> Form:
    """The last signature, which puts the agreement in force."""
    ours, theirs = asked(cast)
    give(cast.signatory, ours)
    path = f"/agreements/{theirs.version.agreement.reference}/sign/{theirs.pk}/"
    return opened(
        client_of(cast.other_signatory), path,
        typed_name="Orla Officer", agree="on", password=PASSWORD,
    )  # fmt: skip


def approving(cast: Cast, client_of: ClientOf) -> Form:
    version = sent(cast)
    return opened(
        client_of(cast.other_manager),
        f"/agreements/{version.agreement.reference}/versions/{version.seq}/decision/",
        decision="approved", minute_reference="GB 7.2", **date_boxes("decided_on", clock.today()),
    )  # fmt: skip


def registering(cast: Cast, client_of: ClientOf) -> Form:
    """Uploads an MoU that was signed elsewhere; somebody of the other party is told."""
    library_template(cast)
    assert cast.other_manager
    sides = {"area_team": cast.area_team.pk, "ccg": cast.ccg.pk}
    return opened(
        client_of(cast.manager), "/agreements/new/signed/", file=a_pdf(),
        title="MoU on quality", **sides, **date_boxes("signed_on", clock.today()),
    )  # fmt: skip


def uploading_a_scan(cast: Cast, client_of: ClientOf) -> Form:
    """Uploads a signature that was given on paper."""
    _, theirs = asked(cast)
    path = f"/agreements/{theirs.version.agreement.reference}/sign/{theirs.pk}/paper/"
    return opened(
        client_of(cast.other_colleague), path, scan=a_pdf(),
        signed_by="Orla Officer", **date_boxes("signed_on", clock.today()),
    )  # fmt: skip


def uploading_people(cast: Cast, client_of: ClientOf) -> Form:
    client = client_of(cast.administrator)
    path = f"/organisations/{cast.area_team.pk}/people/upload/"
    understood = fields_of(upload(client, path).content.decode())
    assert "list" in understood
    return Form(client, path, understood)


def upload(client: Client, path: str) -> Any:
    """The answer to a list, which a child process reads; a busy machine is asked again."""
    for _ in range(5):
        answer = client.post(path, {"file": SimpleUploadedFile("p.csv", ADDED)})
        if answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
            break
    return answer


def freezing(cast: Cast, client_of: ClientOf) -> Form:
    path = f"/agreements/{drafted(cast).reference}/text/freeze/"
    return opened(client_of(cast.manager), path, what_changed="First.", as_it_is="on")


def sending(cast: Cast, client_of: ClientOf) -> Form:
    version = frozen(cast)
    cast.other_manager  # noqa: B018 - somebody who is told
    path = f"/agreements/{version.agreement.reference}/versions/{version.seq}/send/"
    return opened(client_of(cast.manager), path)


def asking(cast: Cast, client_of: ClientOf) -> Form:
    """Asks for a signature."""
    version = approved(cast)
    path = f"/agreements/{version.agreement.reference}/versions/{version.seq}/signature/"
    assert cast.signatory.person
    return opened(
        client_of(cast.manager), path, slot="area_team_signs", person=cast.signatory.person.pk
    )


FORMS = (
    signing_last, approving, registering, uploading_a_scan, uploading_people, freezing, sending,
    asking,
)  # fmt: skip
