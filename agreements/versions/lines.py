"""What a version waits for as lines of Home: decisions, signatures, and the steps between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from agreements.core.carrying import waits_for_word
from agreements.core.states import ApprovalStanding, standing_with
from agreements.models import Approval, PaperSignature, Party, SignatureRequest, Version
from agreements.terms import side_in
from deadlines.lines import Line
from deadlines.models import Deadline
from parties.who import MANAGERS, PAPER_CHECKERS, SIGNATORIES


def approval_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """What the party's route decides, or the changes that were left to somebody (two queries)."""
    versions = _versions(deadlines)
    earlier = _decisions([version.agreement_id for version in versions.values()])
    for deadline in deadlines:
        version = versions[int(deadline.subject)]
        own = earlier[version.agreement_id, deadline.occurrence]
        yield _changes(version, own) or _decision(version, deadline.occurrence, own)


def _decision(version: Version, party: str, own: Sequence[Approval]) -> Line:
    route = _standing(version, party, own).route.name
    return Line(
        f"Record what the {route} decided about version {version.label} of",
        f"versions/{version.seq}/decision/",
        "Record the decision",
        may=MANAGERS.roles,
    )


def _standing(version: Version, party: str, own: Sequence[Approval]) -> ApprovalStanding:
    """`own` are the party's decisions on any version."""
    given = [each for each in own if each.version_id == version.pk]
    given.sort(key=lambda each: (each.decided_on, each.pk))
    return standing_with(version, Party(slot=side_in(party)), given)


def _changes(version: Version, own: Sequence[Approval]) -> Line | None:
    """Where an earlier decision of the party carries to this version once it is confirmed."""
    left = waits_for_word(version, own) if version.is_under_way else None
    if left is None:
        return None
    before = left.version.label_before_signature
    return Line(
        f"Confirm the changes from version {before} to version {version.label} of",
        f"versions/{version.seq}/changes/",
        "See the changes",
    )


def rejection_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """The party decides again, or recalls it with the others to change its text (two queries)."""
    versions = _versions(deadlines)
    earlier = _decisions([version.agreement_id for version in versions.values()])
    for deadline in deadlines:
        version, party = versions[int(deadline.subject)], deadline.occurrence
        standing = _standing(version, party, earlier[version.agreement_id, party])
        route = standing.rejection.decider if standing.rejection else standing.route.name
        yield Line(
            f"Decide what follows: the {route} rejected version {version.label} of",
            f"versions/{version.seq}/",
            "See where it stands",
        )


def signature_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    requests = SignatureRequest.objects.select_related("version").in_bulk(_subjects(deadlines))
    for deadline in deadlines:
        request = requests[int(deadline.subject)]
        act = f"Sign version {request.version.label} of"
        yield Line(act, f"sign/{request.pk}/", "Read and sign", may=SIGNATORIES.roles)


def send_out_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    versions = _versions(deadlines)
    for deadline in deadlines:
        version = versions[int(deadline.subject)]
        yield Line(
            f"Start the approval of version {version.label} of",
            f"versions/{version.seq}/send/",
            "Send it out for approval",
            may=MANAGERS.roles,
        )


def to_ask_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """For the signature of the party and the place in its terms that `occurrence` names."""
    versions, places = _versions(deadlines), [place_of(each) for each in deadlines]
    slots = Party.objects.in_bulk({party for party, _ in places})
    for deadline, (party, place) in zip(deadlines, places, strict=True):
        version = versions[int(deadline.subject)]
        signatory = version.typed_terms.signatories_of(slots[party].slot)[place]
        yield Line(
            f"Ask the {signatory.label} to sign version {version.label} of",
            f"versions/{version.seq}/signature/",
            "Ask for the signature",
            may=MANAGERS.roles,
        )


def place_of(deadline: Deadline) -> tuple[int, int]:
    """The party, and which of its signatures."""
    party, _, place = deadline.occurrence.partition(":")
    return int(party), int(place)


def scan_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """Anybody who may check it does, but not who recorded it."""
    rows = PaperSignature.objects.select_related("request__version", "recorded_by")
    papers = rows.in_bulk(_subjects(deadlines))
    for deadline in deadlines:
        paper = papers[int(deadline.subject)]
        yield Line(
            f"Confirm the scan of the signature of {paper.signed_by} under version "
            f"{paper.request.version.label} of",
            f"paper/{paper.pk}/",
            "Look at the scan",
            may=PAPER_CHECKERS.roles,
            not_for=paper.recorded_by.person_id or 0,
        )


def _subjects(deadlines: Sequence[Deadline]) -> set[int]:
    return {int(deadline.subject) for deadline in deadlines}


def _versions(deadlines: Sequence[Deadline]) -> Mapping[int, Version]:
    return Version.objects.in_bulk(_subjects(deadlines))


def _decisions(agreements: Collection[int]) -> dict[tuple[int, str], list[Approval]]:
    """(agreement, party's key) -> the decisions on all its versions."""
    rows = Approval.objects.filter(version__agreement__in=agreements)
    found: dict[tuple[int, str], list[Approval]] = defaultdict(list)
    for each in rows.select_related("version", "party", "rests_on__version"):
        found[each.version.agreement_id, each.party.key].append(each)
    return found
