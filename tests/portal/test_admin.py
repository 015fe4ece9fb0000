"""The administration site: who gets in, what cannot be done there, what may leave it."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from house.admin_choices import ChosenBySearching
from mail.services import queue_mail
from parties.models import Membership, Organisation, Person, Role, User
from tests.cast import Cast, person_of
from tests.conftest import ClientOf

MODELS = sorted(site._registry, key=lambda model: model._meta.label)
READ_ONLY = ("audit.Entry", "audit.Link", "mail.Delivery", "documents.StoredFile")


@pytest.fixture
def admin(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.system_administrator)


def page_of(label: str, what: str, *args: object) -> str:
    return reverse(f"admin:{label.lower().replace('.', '_')}_{what}", args=args)


# --- Who gets in ----------------------------------------------------------------------------


def test_a_system_administrator_sees_what_the_portal_holds(admin: Client) -> None:
    page = admin.get("/admin/").content.decode()
    for name in ("Organisations", "People", "E-mails", "Entries of the audit", "Accounts"):
        assert f">{name}</a>" in page
    assert "Groups" not in page


def test_members_of_organisations_get_the_portals_403(client_of: ClientOf, cast: Cast) -> None:
    for user in (cast.administrator, cast.manager, cast.stranger, cast.nobody):
        for path in ("/admin/", "/admin/login/", "/admin/parties/user/"):
            answer = client_of(user).get(path)
            assert answer.status_code == 403, path
            assert "You cannot do this" in answer.content.decode()


def test_a_visitor_goes_to_the_portals_log_in(client: Client, db: None) -> None:
    for path in ("/admin/", "/admin/login/", "/admin/parties/user/"):
        assert client.get(path).headers["Location"].startswith("/account/login/?next=/admin/")


# --- Every page: tests/agreements/test_admin_pages.py ----------------------------------------


@pytest.mark.parametrize("label", READ_ONLY)
def test_what_services_write_is_read_only(label: str, admin: Client, cast: Cast) -> None:
    assert admin.get(page_of(label, "add")).status_code == 403
    row = _a_row_of(label, cast)
    if row is not None:
        page = admin.get(page_of(label, "change", row))
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert admin.post(page_of(label, "change", row), {}).status_code == 403


def _a_row_of(label: str, cast: Cast) -> object:
    """The key of a row of this model, if the cast brings one."""
    _ = cast.manager, cast.practice
    queue_mail(kind="greeting", address="ada@moors.example", context={}, dedupe="one")
    model = next(model for model in MODELS if model._meta.label == label)
    row = model._default_manager.first()
    return row.pk if row else None


def test_a_second_factor_can_be_reset_and_its_secret_is_not_shown(
    admin: Client, cast: Cast
) -> None:
    lost = Authenticator.objects.create(
        user=cast.manager, type="totp", data={"secret": "VERYSECRET"}
    )
    page = admin.get(page_of("mfa.Authenticator", "change", lost.pk)).content.decode()
    assert "VERYSECRET" not in page
    admin.post(page_of("mfa.Authenticator", "delete", lost.pk), {"post": "yes"})
    assert not Authenticator.objects.exists()
    assert Entry.objects.get().verb == "administration: deletion"


# --- Changing -------------------------------------------------------------------------------


def test_another_system_administrator_gets_an_account_here(admin: Client, cast: Cast) -> None:
    person = Person.objects.create(name="Ada Analyst", email="ada@moors.example")
    data = {"email": "ADA@moors.example", "person": person.pk, "is_active": "on", "is_staff": "on"}
    admin.post(page_of("parties.User", "add"), data)
    ada = User.objects.get(email="ada@moors.example")
    assert not ada.has_usable_password()
    assert [entry.verb for entry in Entry.objects.all()] == ["administration: addition"]


def test_no_role_is_given_here_and_an_organisation_comes_in_with_its_first_person(
    admin: Client, cast: Cast
) -> None:
    data = {"user": cast.nobody.pk, "organisation": cast.ccg.pk, "role": Role.ADMINISTRATOR}
    assert admin.post(page_of("parties.Membership", "add"), data).status_code == 403
    assert not Membership.objects.filter(user=cast.nobody).exists()
    answer = admin.get(page_of("parties.Organisation", "add"))
    assert answer.headers["Location"] == "/organisations/bring-in/"


def test_what_changes_here_stands_in_the_audit_by_field_without_content(
    admin: Client, cast: Cast
) -> None:
    person = person_of(cast.manager)
    data = {"name": "Maud Newname", "email": person.email}
    admin.post(page_of("parties.Person", "change", person.pk), data)
    entry = Entry.objects.get()
    assert entry.payload == {"fields": ["Name"]}
    assert (entry.object_type, entry.object_id) == ("parties.person", str(person.pk))


def test_history_shows_but_does_not_revert(admin: Client, cast: Cast) -> None:
    person = person_of(cast.manager)
    page = admin.get(page_of("parties.Person", "history", person.pk))
    assert page.status_code == 200
    version = person.history.get().pk
    path = reverse("admin:parties_person_simple_history", args=[person.pk, version])
    assert "Revert" not in admin.get(path).content.decode()


def test_choosing_finds_organisations_by_name(admin: Client, cast: Cast) -> None:
    _ = cast.ccg
    query = {
        "app_label": "parties",
        "model_name": "membership",
        "field_name": "organisation",
        "term": "eastm",
    }
    answer = admin.get("/admin/autocomplete/", query).json()
    assert [each["text"] for each in answer["results"]] == ["Eastmoor CCG"]


def test_an_organisation_has_its_names_on_its_page(admin: Client, cast: Cast) -> None:
    page = admin.get(page_of("parties.Organisation", "change", cast.ccg.pk)).content.decode()
    assert "Eastmoor CCG" in page
    assert Organisation.objects.count() == 1


def test_password_and_log_out_are_the_portals_own(admin: Client) -> None:
    change = admin.get("/admin/password_change/")
    assert change.headers["Location"] == "/account/password/change/"
    admin.post("/admin/logout/")
    assert admin.get("/admin/").headers["Location"].startswith("/account/login/")


def test_the_home_page_leads_system_administrators_here(admin: Client) -> None:
    assert 'href="/admin/"' in admin.get("/").content.decode()


@pytest.mark.parametrize("chosen", ["1.5", "9" * 60, "\u00b2", "x"])
def test_what_is_no_row_is_no_choice(chosen: str, admin: Client, cast: Cast) -> None:
    """A choice that a form did not offer is refused on the page, which shows all else again."""
    known = cast.area_team
    page = admin.post(page_of("parties.OrganisationName", "add"), {"organisation": chosen})
    assert page.status_code == 200
    assert "That choice is not one of the available choices" in page.content.decode()
    page = admin.post(page_of("parties.OrganisationName", "add"), {"organisation": known.pk})
    assert f'<option value="{known.pk}" selected>' in page.content.decode()


def test_whatever_is_chosen_by_searching_is_looked_at_first(admin: Client) -> None:
    """Each model whose form has such a field; an account's person as one of them."""
    chosen = [each for each in site._registry.values() if each.autocomplete_fields]
    assert len(chosen) > 5
    assert [str(each) for each in chosen if not isinstance(each, ChosenBySearching)] == []
    page = admin.post(page_of("parties.User", "add"), {"person": "x"})
    assert page.status_code == 200


def test_an_address_that_asks_for_what_is_not_there_breaks_no_page(
    admin: Client, cast: Cast
) -> None:
    answer = admin.get(page_of("parties.Organisation", "export"), {"nothing": "x"})
    assert answer.headers["Location"] == f"{page_of('parties.Organisation', 'changelist')}?e=1"
    assert admin.get(page_of("parties.Organisation", "history", "1.5")).status_code == 404
