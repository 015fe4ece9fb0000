"""`agreement.json` in a sealed file: what it says, what its page explains, and the former ones."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from pydantic import AwareDatetime, BaseModel

from agreements.contacts.services.naming import name_contact, name_contacts
from agreements.core.parties import side_of
from agreements.models import Seal, Version
from agreements.signing.agreement_file import FORMAT, AgreementFile
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.services.paper import confirm_paper, record_paper
from agreements.signing.signed_copy import file_of
from agreements.terms import read_terms
from agreements.versions.services.versions import recall
from documents.storage import store
from house import clock
from house.canonical import fingerprint
from tests.cast import Cast, acting, person_of
from tests.pdf import a_pdf
from tests.setting_up import library_template
from tests.stages import approve, ask, drafted, frozen, give, in_force, sent

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(__file__).parent / "samples"
NUMBERS = (1, 2, 3, 4, 5, 6, 7, 8, 9)


def sample(number: int) -> dict[str, Any]:
    """What was sealed in one format. A sample never changes."""
    found: dict[str, Any] = json.loads((SAMPLES / f"agreement_{number}.json").read_text())
    return found


def test_what_is_sealed_changes_with_a_new_format_alone() -> None:
    """Fails? Raise the format: add a sample, and say on the page what is new."""
    newest = sample(NUMBERS[-1])
    assert newest["format"] == FORMAT == f"mou-portal agreement {NUMBERS[-1]}"
    assert AgreementFile.model_validate(newest).model_dump(mode="json") == newest


@pytest.mark.parametrize("number", NUMBERS)
def test_the_fingerprint_is_made_of_the_content_in_every_format(number: int) -> None:
    data = sample(number)
    assert fingerprint(data["content"]) == data["sha256"]
    terms = read_terms(data["content"]["terms"])
    assert (terms.lead_times.publication_hours, terms.meetings.series[0].in_a_year) == (96, 4)


@pytest.mark.django_db
@pytest.mark.parametrize("number", NUMBERS)
def test_a_file_of_every_format_is_still_the_signed_one(
    cast: Cast, number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_force(cast)
    sealed = Path(tmp_path / "copy.pdf")
    with pikepdf.open(BytesIO(a_pdf())) as pdf:
        pdf.attachments["agreement.json"] = json.dumps(sample(number)).encode()
        pdf.save(sealed)
    seal = Seal.objects.get()
    seal.file = store(sealed.read_bytes(), name="copy.pdf", content_type="application/pdf")
    seal.state, seal.sealed_at = Seal.State.SEALED, clock.now()
    seal.save()
    file = SimpleUploadedFile("copy.pdf", sealed.read_bytes())
    page = Client().post("/verify/", {"file": file}).content.decode()
    assert "This is the final signed copy of Working together (MOU-0001)" in page
    call_command("verify_pdf", str(sealed))
    assert "unchanged" in capsys.readouterr().out


def _signed(cast: Cast) -> Version:
    """Recalled once; approved by one side; signed here by one and on paper by the other."""
    agreement = drafted(cast, source=library_template(cast))
    name = cast.ccg.names.get()
    name.address = "1 Mill Lane\nEastmoor"
    name.save()
    manager = {"person": person_of(cast.manager).pk, "deputy": person_of(cast.colleague).pk}
    held = {"area_team": {"mou_manager": manager}}
    name_contacts(by=acting(cast.manager), agreement=agreement, contacts=held)
    recall(by=acting(cast.manager), version=frozen(cast, agreement), because="Once more.")
    version = sent(cast, agreement)
    approve(cast.manager, version)
    give(cast.signatory, ask(cast.manager, version, cast.signatory))
    theirs = ask(cast.other_manager, version, cast.other_signatory, because="They meet in May.")
    paper = record_paper(
        by=acting(cast.other_manager), request=theirs, scan=a_pdf(), signed_by="Orla Officer",
        signed_on=clock.today(),
    )  # fmt: skip
    confirm_paper(by=acting(cast.manager), paper=paper)
    return Version.objects.get(pk=version.pk)


@pytest.mark.django_db
def test_it_says_all_that_the_signed_copy_says(cast: Cast) -> None:
    version, at = _signed(cast), clock.now()
    said = file_of(AgreementDocument(version, at=at))
    assert fingerprint(said.model_dump(mode="json")["content"]) == said.sha256 == version.sha256
    assert (said.reference, said.version, said.formerly) == ("MOU-0001", "1.0", "0.2")
    assert (said.sealed_at, said.date_of_sign_off) == (at, clock.today())
    ccg = said.parties[1]
    assert (ccg.slot, ccg.called, ccg.name) == ("ccg", "the CCG", "Eastmoor CCG")
    assert (ccg.ods_code, ccg.address) == (cast.ccg.ods_code, ["1 Mill Lane", "Eastmoor"])
    first, *others = said.contacts
    assert (first.party, first.role, first.called) == ("area_team", "mou_manager", "MoU manager")
    assert (first.name, first.deputy) == ("Maud Manager", "Colin Colleague")
    assert {contact.name for contact in others} == {None}
    [approval] = said.approvals
    assert (approval.party, approval.decision) == ("area_team", "approved")
    here, paper = said.signatures
    assert (here.name, here.method, here.approval) == ("Sid Signatory", "electronic", "given")
    assert (here.typed_name, paper.typed_name) == ("Sid Signatory", None)
    assert here.statement
    assert here.statement.startswith("I am authorised to sign for Northern Moors Area Team")
    assert paper.statement is None
    assert here.email == cast.signatory.email
    assert (paper.party, paper.method, paper.email, paper.approval) == (
        "ccg", "paper", None, "to_be_ratified",
    )  # fmt: skip
    assert [(each.version, each.frozen_on) for each in said.history] == [
        ("0.1", clock.today()), ("0.2", clock.today()),
    ]  # fmt: skip


@pytest.mark.django_db
def test_it_says_how_to_reach_a_contact_as_the_signed_copy_does(cast: Cast) -> None:
    version, by = _signed(cast), acting(cast.manager)
    name_contact(
        by=by, party=side_of(version.agreement, by), role="mou_manager",
        person=person_of(cast.manager), phone="01632 960001", postal_address="1 Mill Lane\nMoorby",
    )  # fmt: skip
    first, other, *_ = file_of(AgreementDocument(version, at=clock.now())).contacts
    assert (first.phone, first.postal_address) == ("01632 960001", ["1 Mill Lane", "Moorby"])
    assert (other.phone, other.postal_address) == ("", [])


def _rows(model: type[BaseModel]) -> list[str]:
    """The fields of one part as rows of the page's table."""
    return [
        f"| `{name}` | {_words(field.annotation)} | {field.description or ''} |".replace("  ", " ")
        for name, field in model.model_fields.items()
    ]


def _words(kind: Any) -> str:
    if get_origin(kind) is list:
        return f"list: {_words(get_args(kind)[0])}"
    if get_origin(kind) is Literal:
        return " or ".join(f"`{value}`" for value in get_args(kind))
    if isinstance(kind, UnionType):
        return " or ".join(_words(each) for each in get_args(kind))
    if kind in _KINDS:
        return _KINDS[kind]
    return f"[{_name(kind)}](#{_name(kind).lower()})"


_KINDS = {str: "text", int: "number", bool: "true or false", date: "date", AwareDatetime: "moment",
          NoneType: "null", dict[str, Any]: "object"}  # fmt: skip


def _name(model: type[BaseModel]) -> str:
    return model.__name__.removeprefix("File")


def _parts(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The part and those within it, in the order in which they are met."""
    found = [model]
    for field in model.model_fields.values():
        inner = (get_args(field.annotation) or (field.annotation,))[0]
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += _parts(inner)
    return found


def test_its_page_explains_every_field() -> None:
    page = (ROOT / "docs/agreement-json.md").read_text()
    for model in _parts(AgreementFile):
        heading = "The whole file" if model is AgreementFile else _name(model)
        section = page.split(f"\n## {heading}\n")[1].split("\n## ")[0]
        table = [line for line in section.splitlines() if line.startswith("| `")]
        assert table == _rows(model), "\n".join(_rows(model))
