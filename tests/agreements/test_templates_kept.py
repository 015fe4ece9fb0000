"""What a template is called, and a draft that nobody wants."""

from __future__ import annotations

import pytest

from agreements.models import TemplateClause, TemplateVersion
from agreements.templates.services.keeping import discard_draft, new_template_draft, publish
from house.refusals import Refused
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.template_drafts import template_draft, url

pytestmark = pytest.mark.django_db


def test_who_may_edit_a_template_renames_it(cast: Cast, client_of: ClientOf) -> None:
    template = template_draft(cast).template
    at, client = f"/templates/{template.pk}/", client_of(cast.other_colleague)
    assert f'href="{at}name/"' in client.get(at).content.decode()
    said = {"name": "Longer", "description": "For everybody."}
    page = client.post(f"{at}name/", said, follow=True).content.decode()
    assert '<h1 class="nhsuk-heading-l">Longer</h1>' in page
    assert "For everybody." in page
    template.refresh_from_db()
    assert [str(each.name) for each in template.history.order_by("history_id")] == [
        "Short", "Longer",
    ]  # fmt: skip
    assert "Enter a name" in client.post(f"{at}name/", {"name": " "}).content.decode()


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_name_breaks_no_page(cast: Cast, client_of: ClientOf, text: str) -> None:
    template = template_draft(cast).template
    client = client_of(cast.manager)
    said = {"name": text, "description": text}
    page = client.post(f"/templates/{template.pk}/name/", said, follow=True).content.decode()
    assert "<script>alert" not in page


def test_a_draft_is_discarded_and_the_next_begins_anew(cast: Cast, client_of: ClientOf) -> None:
    draft = template_draft(cast)
    draft.clauses.filter(key="meet").delete()
    client = client_of(cast.manager)
    assert "Discard this draft" in client.get(url(draft)).content.decode()
    assert "stay as they are" in client.get(url(draft, "discard/")).content.decode()
    page = client.post(url(draft, "discard/"), follow=True).content.decode()
    assert "Draft of version 2 is discarded." in page
    assert not TemplateVersion.objects.filter(pk=draft.pk).exists()
    assert TemplateClause.history.filter(history_type="-", key="review").count() == 1
    again = new_template_draft(by=acting(cast.manager), template=draft.template)
    assert again.clauses.filter(key="meet").exists()


def test_a_published_version_is_not_discarded(cast: Cast, client_of: ClientOf) -> None:
    draft = template_draft(cast)
    publish(by=acting(cast.manager), version=draft)
    with pytest.raises(Refused, match="no longer changes"):
        discard_draft(by=acting(cast.manager), version=draft)
    answer = client_of(cast.manager).get(url(draft, "discard/"))
    assert answer["Location"] == url(draft)
    assert TemplateVersion.objects.filter(pk=draft.pk).exists()
