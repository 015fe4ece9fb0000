"""Somebody with an account says that they are a key contact whom their organisation has named."""

from __future__ import annotations

from django.db.models import Q

from agreements.models import KeyContact, spells_today
from parties.services.people import Joining


def join_contacts(joining: Joining) -> None:
    """The roles that they hold now, and stand in for, are those of the account's person."""
    mine = Q(person=joining.was) | Q(deputy=joining.was)
    sides = spells_today(joining.organisation.pk).values("party")
    for contact in KeyContact.objects.lasting().filter(mine, party__in=sides):
        if contact.person_id == joining.was.pk:
            contact.person = joining.now
        if contact.deputy_id == joining.was.pk:
            contact.deputy = joining.now if contact.person != joining.now else None
        contact.save(update_fields=["person", "deputy"])
