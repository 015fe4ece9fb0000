from __future__ import annotations

from agreements.models import Access, Approval, KeyContact, SignatureRequest
from house.wall import WhoAsks


def people_on_agreements_of(acting: WhoAsks) -> set[int]:
    """Contacts, deputies, signatories and delegates on the agreements that one may see.

    Ids of people, in three queries.
    """
    seen = Access.objects.filter(organisation=acting.organisation_id or 0).values("agreement")
    contacts = KeyContact.objects.filter(party__agreement__in=seen)
    requests = SignatureRequest.objects.filter(version__agreement__in=seen)
    approvals = Approval.objects.filter(version__agreement__in=seen)
    found = {pk for pair in contacts.values_list("person", "deputy") for pk in pair}
    found.update(requests.values_list("person", flat=True))
    found.update(approvals.values_list("delegated_to", flat=True))
    return {pk for pk in found if pk is not None}
