"""What is to be known of a version beside its rows: rejections, changes that are asked for,
signatures asked for early, and the days of what was signed elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agreements.core.rejections import rejected
from agreements.core.state_in_words import period_of
from agreements.core.states import ApprovalStanding
from agreements.models import Agreement, Approval, Party, SignatureRequest, Version
from agreements.reviews.queries import first_date_of_review
from agreements.terms import ReviewTerm, Terms, first_review_on
from agreements.versions.services.numbering import open_blanks
from house.clock import london_day
from nhsuk.dates import day
from nhsuk.words import and_list

MOST_WITHDRAWN = 10


@dataclass(frozen=True)
class Warned:
    """What stands in the way, and what follows from it."""

    heading: str
    paragraphs: tuple[str, ...]


def warnings_in(
    standings: Iterable[ApprovalStanding], names: Mapping[str, str], version: Version
) -> Iterator[Warned]:
    """Rejections that stand, changes asked for, blanks that are open although it has a number, and
    parties that have left since it has one; `names` are the parties' by their keys."""
    if version.is_under_way and (still_open := open_blanks(version)):
        what_to_do = "It cannot be approved or signed. Recall it and fill the blanks in."
        yield Warned("This version has blanks that are not filled in", (still_open, what_to_do))
    rows = list(standings)
    if left := [names[row.party.key] for row in rows if row.party.left_on and version.is_under_way]:
        yield _has_left(left)
    for row in rows:
        name = names[row.party.key]
        if row.rejection:
            yield _rejection(row.rejection, name, under_way=version.is_under_way)
        if row.asks_changes:
            yield _changes(row.asks_changes, name, under_way=version.is_under_way)


def _has_left(names: Sequence[str]) -> Warned:
    """A party that has left neither approves nor signs, so not all can sign what names it."""
    what_to_do = "Recall it: the next number is for those that are parties by then."
    said = f"This text names {and_list(names)}, and cannot be signed by all. {what_to_do}"
    return Warned("A party that this text names has left", (said,))


def _rejection(approval: Approval, name: str, *, under_way: bool) -> Warned:
    said = rejected(approval, name)
    if under_way:
        said = (
            f"{said} Nobody can sign it for {name} until a new decision approves it, and it "
            "does not come into force until then. Signatures of the others stay, and they can "
            "still sign."
        )
    return Warned(f"{name} rejected this version", (said,))


def _changes(approval: Approval, name: str, *, under_way: bool) -> Warned:
    said = [approval.asks]
    if under_way:
        said.append(
            "Nobody is asked to approve or sign this version. Recall it, make only these changes, "
            f"and number the text again. Then {approval.confirmer} confirms them against the "
            "comparison of the two versions. No second meeting is needed."
        )
    return Warned(f"{name} approved this version subject to changes", tuple(said))


def early_signatures(
    standings: Iterable[ApprovalStanding],
    requests: Iterable[SignatureRequest],
    names: Mapping[str, str],
) -> Iterator[str]:
    """What else is to be known of the signatures that were asked for before the approval."""
    of_party = {each.party.pk: each for each in standings}
    for request in requests:
        if because := request.before_approval_because:
            name = names[request.party.key]
            asked = f"{name} asked for its signature before its approval: {because}"
            standing = of_party[request.party_id]
            if standing.is_given:
                yield f"{asked} The approval came later."
            elif not standing.is_to_be_ratified:
                yield asked
            else:
                ratified = "The signed copy prints “approval to be ratified” until it is recorded."
                yield f"{asked} {ratified}"


def withdrawn(
    ended: Sequence[SignatureRequest], parties: Iterable[Party], names: Mapping[str, str]
) -> Iterator[str]:
    """The requests that were withdrawn, and the signatures: the latest, each with its reason."""
    keys = {party.pk: party.key for party in parties}
    in_order = sorted(ended, key=lambda each: each.ended_at or each.asked_at)
    for each in in_order[-MOST_WITHDRAWN:]:
        name, on = names[keys[each.party_id]], day(london_day(each.ended_at or each.asked_at))
        why, signature = each.ended_because, getattr(each, "signature", None)
        if signature:
            who = f"{signature.signed_as}{', ' if signature.for_whom else ''}{signature.for_whom}"
            how = "On paper " if signature.paper_id else ""
            yield (
                f"{how}{who} signed for {name} on {day(signature.signed_on)}. That signature was "
                f"withdrawn on {on} and does not count: {why}"
            )
        else:
            yield f"{each.person} was asked to sign for {name}. That was withdrawn on {on}: {why}"
    if (more := len(ended) - MOST_WITHDRAWN) > 0:
        yield f"{more} more were withdrawn before. The history has them."


def terms_said(agreement: Agreement, terms: Terms) -> Terms:
    """The terms as the page says them: of a registered copy with the days that it names, whatever
    the template says that its duties come from."""
    if not agreement.is_registered:
        return terms
    on, start_on, review = first_date_of_review(agreement), agreement.runs_from, terms.review
    if on is None or start_on is None:
        review = None
    elif review is None or first_review_on(review, start_on) != on:
        review = ReviewTerm(on=on, offsets_days=review.offsets_days if review else ())
    period = period_of(agreement, terms)
    return terms.model_copy(update={"period": period, "review": review})
