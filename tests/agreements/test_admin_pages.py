"""Every page of the administration site opens, with rows of every model of the portal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import record_event
from agreements.contacts.services.naming import name_contact
from agreements.emails.services import say_of_email
from agreements.models import Agreement, RegisteredCopy, SavedEmail, SuccessionMove, Template
from agreements.planning.services import plan_agreement
from agreements.register.services import say_of_copy
from agreements.retention.services.keeping import keep_longer
from agreements.succession.services.deciding import say_of_succession
from agreements.templates.services.people import let_edit
from agreements.templates.services.sharing import share_template
from house import clock
from house.admin import ReadOnlyAdmin, TrackedReadOnlyAdmin
from house.clock import months_after
from parties.models import Role
from tests.access.world import World
from tests.cast import Cast, acting, organisation, user
from tests.conftest import ClientOf
from tests.costs import signed_by

pytestmark = pytest.mark.django_db

Model = type[models.Model]
REGISTERED: list[Model] = sorted(site._registry, key=lambda model: model._meta.label)
AGREEMENTS = [
    model
    for model in apps.get_app_config("agreements").get_models()
    if not model.__name__.startswith("Historical")
]
# The one thing without evidence: whoever loses theirs has it taken away here.
SECOND_FACTORS = [model for model in REGISTERED if model._meta.app_label == "mfa"]
READ_ONLY = [
    model
    for model in REGISTERED
    if isinstance(site._registry[model], ReadOnlyAdmin | TrackedReadOnlyAdmin)
]


def name_of(model: Model) -> str:
    return model._meta.label


def page_of(model: Model, what: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{what}", args=args)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Something of each kind, made once for all the pages."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        _add_what_it_lacks(world)
        yield world
        transaction.set_rollback(True)


def _add_what_it_lacks(world: World) -> None:
    cast = world.cast
    let_edit(by=world.us, template=world.template, user=cast.other_manager)
    share_template(by=world.us, template=world.template, organisation=cast.ccg)
    copy = RegisteredCopy.objects.order_by("pk")[0]
    say_of_copy(by=world.us, copy=copy, agrees=True)
    for agreement in Agreement.objects.filter(access__organisation=cast.area_team)[:3]:
        party = agreement.parties.get(slot="area_team")
        for role in agreement.template_version.typed_terms.contact_roles_of("area_team")[:2]:
            name_contact(by=world.us, party=party, role=role.key, person=cast.viewer.person)
    _end_one_and_keep_it(world)
    email = SavedEmail.objects.get(**world.places["their_email"])
    say_of_email(by=world.us, email=email, agrees=True)
    move = SuccessionMove.objects.get(pk=world.places["theirs_now"]["pk"])
    say_of_succession(by=world.us, move=move, agrees=True)
    plan_agreement(world.places["in_force"]["reference"])


def _end_one_and_keep_it(world: World) -> None:
    former = organisation("Former CCG")
    sides = {"area_team": world.cast.area_team, "ccg": former}
    agreement, today = signed_by(world.us, sides), clock.today()
    ended = record_event(by=world.us, agreement=agreement, on=today, because="It was housed.")
    theirs = acting(user("Fay Former", former, Role.MANAGER))
    answer_change(by=theirs, change=ended, agrees=True)
    agreement.refresh_from_db()
    until = months_after(today, 12 * 8)
    keep_longer(by=world.us, agreement=agreement, until=until, because="For research.")


@pytest.fixture
def admin(world: World, client_of: ClientOf) -> Client:
    return client_of(world.cast.system_administrator)


@pytest.fixture
def manager(world: World, client_of: ClientOf) -> Client:
    return client_of(world.cast.manager)


def test_every_model_of_agreements_is_there_to_look_at_only() -> None:
    assert set(AGREEMENTS) <= set(READ_ONLY)


@pytest.mark.parametrize("model", REGISTERED, ids=name_of)
def test_each_page_of_a_model(model: Model, admin: Client, manager: Client) -> None:
    """One test for a model: what takes time is to draw its pages, and each is drawn once."""
    row = model._default_manager.first()
    listed = the_list_opens_and_is_searched(model, admin)
    nobody_else_gets_in(model, manager)
    page = "" if row is None else the_row_opens_with_its_history(model, row, admin)
    if row is not None and model not in SECOND_FACTORS:
        delete = page_of(model, "delete", row.pk)
        assert admin.post(delete, {"post": "yes"}).status_code == 403
    if model in AGREEMENTS:
        assert row is not None
        the_list_asks_no_more_for_each_row(model, row, listed, admin)
    if model in READ_ONLY:
        it_takes_no_change(model, row, page, admin)


def the_list_opens_and_is_searched(model: Model, admin: Client) -> int:
    """How many queries the list asks, whatever it shows."""
    found = admin.get(page_of(model, "changelist"), {"q": "moors"})
    assert found.status_code == 200
    assert 'id="searchbar"' in found.content.decode()
    assert site._registry[model].search_fields
    with CaptureQueriesContext(connection) as asked:
        page = admin.get(page_of(model, "changelist"))
    assert page.status_code == 200
    assert "delete_selected" not in page.content.decode() or model in SECOND_FACTORS
    return len(asked)


def nobody_else_gets_in(model: Model, manager: Client) -> None:
    path = page_of(model, "changelist")
    assert manager.get(path).status_code == 403
    assert Client().get(path).headers["Location"] == f"/account/login/?next={path}"


def the_row_opens_with_its_history(model: Model, row: models.Model, admin: Client) -> str:
    assert admin.get(page_of(model, "history", row.pk)).status_code == 200
    page = admin.get(page_of(model, "change", row.pk))
    assert page.status_code == 200
    return page.content.decode()


def the_list_asks_no_more_for_each_row(
    model: Model, row: models.Model, listed: int, admin: Client
) -> None:
    """As many queries as the list needs for one row, whatever else it shows."""
    with CaptureQueriesContext(connection) as asked:
        one = admin.get(page_of(model, "changelist"), {"pk": row.pk}).content.decode()
    assert f'value="{row.pk}"' in one or f"/{row.pk}/change/" in one
    assert listed <= len(asked) + 1


def it_takes_no_change(model: Model, row: models.Model | None, page: str, admin: Client) -> None:
    assert admin.get(page_of(model, "add")).status_code == 403
    assert admin.post(page_of(model, "add"), {}).status_code == 403
    if row is None:
        assert model not in AGREEMENTS
        return
    assert admin.post(page_of(model, "change", row.pk), {}).status_code == 403
    assert 'name="_save"' not in page
    marked = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    admin.post(page_of(model, "changelist"), marked)
    assert model._default_manager.filter(pk=row.pk).exists()


def test_an_agreement_is_found_by_reference_title_and_party(admin: Client, cast: Cast) -> None:
    agreement = Agreement.objects.first()
    assert agreement is not None
    for text in (agreement.reference, agreement.title, "Eastmoor CCG"):
        page = admin.get(page_of(Agreement, "changelist"), {"q": text}).content.decode()
        assert agreement.reference in page, text


def test_a_template_has_its_history_there(admin: Client, world: World, client_of: ClientOf) -> None:
    client_of(world.cast.third_manager).post("/templates/library/area-team-and-ccg/")
    template = Template.objects.get(organisation=world.cast.third_ccg, key="area-team-and-ccg")
    page = admin.get(page_of(Template, "history", template.pk)).content.decode()
    assert "Thea Third" in page
