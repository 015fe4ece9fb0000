"""A commissioner's signatory signs many agreements of a group on one page (record 0059).

What she ticked, typed and stated is kept as she sent it. Each is then signed alone, in the
background, as of that moment: under the text that the page showed, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from agreements.core.parties import parties_of, require_role
from agreements.groups.services.making import acting_in
from agreements.groups.services.preparing import note
from agreements.models import IssueShare, SignatureRequest
from agreements.signing.services.signing import check_name, sign
from agreements.signing.services.statements import Ticked
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import NotYours, Refused
from jobs.kinds import JobKind, Work, register
from jobs.models import Job, JobRow
from jobs.services import begin as begin_job
from parties.acting import Acting, with_roles_held
from parties.who import SIGNATORIES

SIGN: Final = "groups.sign"
# Whoever could not be signed for by then is asked again: nobody expects a signature of last week.
GOOD_FOR: Final = timedelta(hours=24)
TOO_LATE: Final = "It could not be signed within a day after it was ticked. It is signed anew."
NOT_AGAIN: Final = "Whoever signs can still sign these, each on its own page or together."
NOTHING: Final = "Tick at least one agreement. Nothing was signed."
UNKNOWN: Final = "This page does not say which texts it shows. Load it again. Nothing was signed."


def sign_ticked(
    *, by: Acting, share: IssueShare, ticked: Mapping[int, str], typed_name: str
) -> Job:
    """Begins to sign these texts: by the request for each signature, the hash that the page showed.

    The caller has made sure of a fresh authentication. Raises NotYours for who is no signatory,
    Refused for another name than theirs, and for what is no agreement of theirs in this group.
    """
    if share.organisation_id != by.organisation_id:
        raise NotYours("Each commissioner signs its own agreements.")
    require_role(by, SIGNATORIES)
    _check_own_name(by, typed_name)
    with one_job():
        require_role(with_roles_held(by), SIGNATORIES)
        current = lock(share)
        lines = _lines_of(current, ticked)
        hashes = {str(pk): sha256 for pk, sha256 in ticked.items()}
        note(by, "ticked agreements of a group to sign them", current.issue,
             typed_name=typed_name, ticked=hashes)  # fmt: skip
        return begin_job(
            kind=SIGN, dedupe=f"{SIGN}:{current.pk}:{uuid4()}", user=by.who,
            subjects=[subject_of(lines[pk], pk) for pk in ticked],
            organisation_id=by.organisation_id,
            context={"share": current.pk, "ticked": hashes, "typed_name": typed_name,
                     "at": clock.now().isoformat()},
        )  # fmt: skip


def _check_own_name(by: Acting, typed: str) -> None:
    person = by.who.person
    if person is None:
        raise NotYours("Your account names no person, so you cannot sign.")
    check_name(person, typed)


def _lines_of(share: IssueShare, ticked: Mapping[int, str]) -> dict[int, int]:
    """The line of each request for a signature of the commissioner's in this group."""
    if not ticked:
        raise Refused(NOTHING, field="ticked")
    asked = SignatureRequest.objects.filter(
        pk__in=ticked, party__agreement__issue_line__share=share,
        party__slot=share.issue.commissioner_slot,
    )  # fmt: skip
    found = dict(asked.values_list("pk", "party__agreement__issue_line"))
    if len(found) < len(ticked):
        raise Refused(UNKNOWN)
    return found


def subject_of(line: int, request: int) -> str:
    return f"{line}:{request}"


# --- One row --------------------------------------------------------------------------------


def _sign(row: JobRow, _: Any) -> None:
    said, pk = row.job.context, row.subject.split(":")[1]
    at = datetime.fromisoformat(said["at"])
    if clock.now() - at > GOOD_FOR:
        raise Refused(TOO_LATE)
    sign(
        by=acting_in(row.job),
        request=_request(pk),
        sha256=said["ticked"][pk],
        typed_name=said["typed_name"],
        ticked=Ticked(at, len(said["ticked"])),
    )


def _request(pk: str) -> SignatureRequest:
    """With its party as all of the agreement have it."""
    rows = SignatureRequest.objects.select_related("version__agreement__template_version", "person")
    request = rows.get(pk=pk)
    sides = parties_of(request.version.agreement)
    request.party = next(party for party in sides if party.pk == request.party_id)
    return request


register(JobKind(SIGN, each=Work(act=_sign), not_again=NOT_AGAIN))
