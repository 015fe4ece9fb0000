"""What forms offer before a meeting: agreements to serve, groups, bodies, whose parties read it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q

from agreements.core.choices import with_other_parties
from agreements.models import Access, Agreement, IssueLine, IssueShare
from agreements.models.group_lines import MOST_LINES
from house.text import tidy_line
from meetings.models import Meeting, Series, SeriesAgreement
from meetings.queries.sides import agreements_at, agreements_with
from nhsuk.offers import FEW, Choices, Listed, words_in
from nhsuk.words import and_list, in_sentence, plural
from parties.acting import Acting
from parties.models import Body, BodyOrganisation, OrganisationName

# Of more than these a name is typed: a few boxes are looked through, many are not.
FEW_TO_TICK = 10
ALL = "all"


class InForce:
    """The agreements in force of the acting organisation, each with whom it is."""

    how = "Type the reference, or another party and words of the title."

    def __init__(self, acting: Acting) -> None:
        self.acting = acting
        self.rows = Access.objects.filter(
            organisation=acting.organisation_id, state__in=Agreement.TAKING_ACTS
        )

    def few(self) -> Choices | None:
        ids = self.rows.order_by().values_list("agreement", flat=True)[: FEW + 1]
        return None if len(ids) > FEW else self._named(Q(pk__in=list(ids)))

    def among(self, values: Collection[str]) -> Choices:
        named = [tidy_line(value) for value in values]
        ids = self.rows.filter(agreement__reference__in=named).values("agreement")
        return self._named(Q(pk__in=ids))

    def meant(self, typed: str, most: int) -> Choices:
        reference = typed.rpartition("(")[2].removesuffix(")").strip().upper()
        if found := self.among([reference]):
            return found
        with_each = [self._has(word) for word in words_in(typed)]
        ids = self.rows.filter(*with_each).order_by("agreement").values("agreement")[:most]
        return self._named(Q(pk__in=ids)) if with_each else []

    def _has(self, word: str) -> Q:
        """Agreements that have the word in their title or in the name of a party."""
        names = OrganisationName.objects.filter(name__icontains=word).values("organisation")
        beside = Access.objects.filter(organisation__in=names, agreement=OuterRef("agreement"))
        return Q(words__contains=word.casefold()) | Q(Exists(beside))

    def _named(self, which: Q) -> Choices:
        return with_other_parties(Agreement.objects.filter(which), self.acting, "reference")


def many_for(acting: Acting) -> Choices:
    """What is chosen in one act: all agreements in force of the organisation, where they are more
    than one and no more than a group may have, and those of each group that it sent to."""
    number = InForce(acting).rows.order_by()[: MOST_LINES + 1].count()
    every = [(ALL, f"All {number} agreements in force")] if 1 < number <= MOST_LINES else []
    in_force = Q(lines__agreement__state__in=Agreement.TAKING_ACTS)
    shares = IssueShare.objects.filter(organisation=acting.organisation_id or 0)
    counted = shares.annotate(number=Count("lines", filter=in_force)).filter(number__gt=0)
    rows = counted.order_by("-pk").values_list("pk", "issue__title", "number")
    return [*every, *((str(pk), f"{t}: {plural(n, 'agreement')} in force") for pk, t, n in rows)]


def agreements_of_many(acting: Acting, chosen: str) -> list[Agreement]:
    """Those that one such choice stands for."""
    found = Agreement.objects.visible_to(acting)
    if chosen == ALL:
        return list(found.filter(pk__in=InForce(acting).rows.values("agreement")))
    lines = IssueLine.objects.filter(
        share=int(chosen), share__organisation=acting.organisation_id or 0
    )
    in_force = found.filter(state__in=Agreement.TAKING_ACTS)
    return list(in_force.filter(pk__in=lines.values("agreement")))


def agreements_called(acting: Acting, references: Collection[str]) -> list[Agreement]:
    """Of the reader's own those with these references."""
    return list(Agreement.objects.visible_to(acting).filter(reference__in=references))


def asked_for(acting: Acting) -> Choices:
    """The kinds of meetings that the organisation's MoUs ask for, by their key in the terms."""
    rows = SeriesAgreement.objects.visible_to(acting).filter(
        series__purpose=Series.Purpose.WIDER, series__ended_on=None
    )
    ids = rows.order_by().values("series")
    found = {each.term_key: each for each in Series.objects.filter(pk__in=ids).order_by("-pk")}
    return [(key, f"{each.name}, {in_sentence(each.how_often)}") for key, each in found.items()]


def about_for(meeting: Meeting, acting: Acting) -> Choices:
    """The reader's own agreements for which a meeting is held, of those that may be apart: none
    where it is held for one alone."""
    every = agreements_at(meeting)
    own = agreements_with(every, acting.organisation_id) if len(every) > 1 else []
    found = []
    for agreement in own:
        others = {p.name for p in agreement.sides if p.organisation.pk != acting.organisation_id}
        label = f"{and_list(sorted(others))} ({agreement.title}, {agreement.reference})"
        found.append((agreement.reference, label))
    return sorted(found, key=lambda choice: choice[1].casefold())


class FewToTick(Listed):
    """Choices at hand, to tick while they are few."""

    how = "Type the name of another party, or the reference of the agreement."

    def few(self) -> Choices | None:
        return self.choices if len(self.choices) <= FEW_TO_TICK else None


def bodies_for(acting: Acting) -> Choices:
    """The bodies and groups that decide for the acting organisation today."""
    serving = BodyOrganisation.objects.current().filter(organisation=acting.organisation_id)
    bodies = Body.objects.filter(pk__in=serving.values("body")).order_by("name")
    return [(str(body.pk), body.name) for body in bodies]
