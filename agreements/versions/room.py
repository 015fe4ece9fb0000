"""What versions and their approvals answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.urls import reverse

from agreements.core.parties import MOST_SENTENCES, versions_in_force
from agreements.core.rejections import rejected
from agreements.core.states import ApprovalStanding, approvals_by_version, standings
from agreements.models import Agreement, Approval, Version, spells_today
from agreements.versions.due import KINDS
from agreements.versions.emailed import ApprovalsEmailed
from agreements.versions.rows import section_of
from deadlines.kinds import DeadlineKind
from house.answers import Evidence, Keeping, Section
from house.room import Room
from house.rooms import register
from nhsuk.dates import day
from nhsuk.words import and_list, plural
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person


def _keeping(version: Version, approvals: Sequence[Approval]) -> Keeping:
    rows = standings(version, version.agreement.sides, approvals)
    asked = [row for row in rows if row.route.route != "none"]
    if version.agreement.is_registered and not approvals:
        return _registered(version.agreement)
    if not asked:
        return Keeping("nothing_yet", "By its terms nobody's approval is needed.")
    if against := [rejected(row.rejection, row.party.name) for row in asked if row.rejection]:
        return Keeping("due", " ".join(against), _decisions(version, asked))
    if asked_for := [row.party.name for row in asked if row.asks_changes]:
        sentence = f"{and_list(asked_for)} approved it subject to changes."
        return Keeping("due", sentence, _decisions(version, asked))
    open_ones = [row.party.name for row in asked if not row.is_given]
    if open_ones:
        sentence = f"The approval of {and_list(open_ones)} is still to be recorded."
        return Keeping("due", sentence, _decisions(version, asked))
    return Keeping("kept", _given(asked, rows), _decisions(version, asked))


def _holding(approval: Approval) -> Holding:
    version, reference = approval.version, approval.version.agreement.reference
    return Holding(
        f"Named in a decision on version {version.label} of {reference}",
        reverse("agreements:version", args=[reference, version.seq]),
        otherwise="Stays with the decision: only who decided can name somebody else",
        stays=True,
    )


def _registered(agreement: Agreement) -> Keeping:
    """What whoever registered it entered of its approvals, as the paper says them."""
    said = agreement.registered_copy.who_approved.splitlines()
    if not said:
        return Keeping(
            "nothing_yet",
            "No approval is on record here. Look whether the registered copy names one, and enter "
            "it by a correction of the registration.",
        )
    url = reverse("agreements:registered_pdf", args=[agreement.reference])
    sentence = f"As it was registered: {and_list(said[:MOST_SENTENCES])}"
    more = len(said) - MOST_SENTENCES
    sentence += f" and {plural(more, 'more', 'more')}." if more > 0 else "."
    return Keeping("kept", sentence, (Evidence("Registered copy", url),))


def _given(asked: Sequence[ApprovalStanding], rows: Sequence[ApprovalStanding]) -> str:
    """Whose approval it has; by its terms some parties may need none."""
    if len(asked) == len(rows):
        return "Each party approved it."
    return f"{and_list(row.party.name for row in asked)} approved it. No other approval is needed."


def _decisions(version: Version, rows: Iterable[ApprovalStanding]) -> tuple[Evidence, ...]:
    page = reverse("agreements:version", args=[version.agreement.reference, version.seq])
    return tuple(
        Evidence(f"{row.route.name}, {day(row.latest.decided_on)}", f"{page}#approvals")
        for row in rows
        if row.latest and row.is_given
    )


SENTENCES = {
    "frozen": "{actor} made version {label}: its text no longer changes.",
    "sent_for_approval": "{actor} sent version {label} out for approval.",
    "recalled": "{actor} recalled version {label} and opened a new draft.",
    "decided": "{actor} recorded a decision on version {label}. {decider}: {decision_said}, {on}.",
    "stopped": "{actor} stopped work on this agreement.",
    "takes_no_part": "{said_by} declined for {party}: {because}",
    "opt_out_recorded": "{actor} wrote down that {party} opted out, as {said_by} said: {because}",
    "opt_out_not_right": "{actor} said that it is not right that {party} opted out.",
    "opted_out": "{actor} confirmed that {party} opted out.",
}


class VersionsRoom(Room):
    name, called = "agreements.versions", "Versions and approvals"

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        return [section_of(agreement)] if subpage == "versions" else []

    def keeping_kinds(self) -> dict[str, str]:
        return {"approval": "the approval of each version"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        """Agreement id -> the answer, for those that were ever in force (one query; one more where
        some were registered)."""
        signed = versions_in_force(agreements)
        registered = [each.agreement for each in signed if each.agreement.is_registered]
        prefetch_related_objects(registered, "registered_copy")
        here = (version.pk for version in signed if not version.agreement.is_registered)
        given = approvals_by_version(here)
        return {
            each.agreement_id: {"approval": _keeping(each, given.get(each.pk, ()))}
            for each in signed
        }

    def holdings(self, person: Person, organisation: Organisation, most: int) -> list[Holding]:
        """What the decisions of the organisation's bodies leave to the person, and nobody has said
        yet. It does not move: only who decided names somebody else."""
        sides = spells_today(organisation.pk).values("party")
        left = Approval.objects.filter(delegated_to=person, party__in=sides)
        said = Approval.objects.filter(rests_on=OuterRef("pk"))
        same = {"agreement": OuterRef("version__agreement"), "seq__gte": OuterRef("version__seq")}
        ended = [Version.State.SIGNED, Version.State.REPLACED, *Version.CAME_TO_NOTHING]
        # A decision on one text says nothing of the one that varies it.
        texts = Version.objects.annotate(of_change=Coalesce("change", 0))
        of_it = {"of_change": Coalesce(OuterRef("version__change"), 0)}
        goes_on = texts.filter(**same, **of_it).exclude(state__in=ended)
        still = left.filter(~Exists(said), Exists(goes_on))
        still = still.exclude(version__agreement__state__in=Agreement.OVER)
        rows = still.select_related("version__agreement").order_by("pk")
        return [_holding(each) for each in rows[:most]]

    def takes_emails(self) -> list[ApprovalsEmailed]:
        return [ApprovalsEmailed()]

    def deadline_kinds(self) -> list[DeadlineKind]:
        return KINDS

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(VersionsRoom())
