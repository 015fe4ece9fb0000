"""Groups: one that we prepare, one that we sent, one in which the other party asks us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agreements.groups.reading import ReceiverLine
from agreements.groups.services import deciding, preparing, sending, zipping
from agreements.models import Issue, IssueLine, TemplateVersion
from agreements.versions.services.approving import record_approval
from agreements.versions.services.leaving import record_opt_out
from house import clock
from jobs.sweep import work_due
from parties.acting import Acting
from parties.models import Organisation, Role
from tests.cast import acting, person_of, user

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    from tests.access.world import OURS_ALONE

    cast = world.cast
    begun = _begun(world, world.us, f"For many {OURS_ALONE}", cast.third_ccg)
    # Neither who opts out nor the list is hers to confirm.
    maya = acting(user("Maya Manager", cast.area_team, Role.MANAGER))
    sent = _begun(world, maya, "Sent to many", cast.ccg, cast.third_ccg)
    sending.send(by=world.us, issue=sent)
    asks = _begun(world, world.other, "Sent by others", cast.third_ccg)
    sending.send(by=world.other, issue=asks)
    world_zip = _worked(world, sent)
    first, second = sent.lines.order_by("pk")
    _decided(world, maya, first)
    record_opt_out(
        by=maya, line=_whole(second), because="They merge.", said_by="Somebody",
        said_on=clock.today(),
    )  # fmt: skip
    at = {"key": sent.key}
    return {
        "group_begun": {"key": begun.key},
        "group_line": {"key": begun.key, "pk": begun.lines.get().pk},
        "group": at,
        "group_asks": {"key": asks.key},
        "group_sent_line": at | {"pk": first.pk},
        "group_opting_out": at | {"pk": second.pk},
        "group_zip": at | {"job": world_zip},
        "group_agreement": {"reference": _whole(first).made.reference},
    }


def _begun(world: World, by: Acting, title: str, *receivers: Organisation) -> Issue:
    # The short one, which the table has for its print.
    source = TemplateVersion.objects.get(template__key="short")
    issue = preparing.begin(
        by=by, template_version=source, title=title, slot="ccg", text_is_fixed=True
    )
    preparing.fill_blanks(by=by, issue=issue, values={"area": "the moors"})
    commissioner = world.cast.area_team
    lines = [
        ReceiverLine(2, each.pk, each.name, commissioner.pk, commissioner.name)
        for each in receivers
    ]
    preparing.add_lines(by=by, issue=issue, lines=lines)
    return issue


def _worked(world: World, sent: Issue) -> Any:
    while work_due():
        pass
    job = zipping.begin_zip(by=world.us, issue=sent)
    while work_due():
        pass
    return job.key


def _decided(world: World, maya: Acting, line: IssueLine) -> None:
    """One approval for all of ours, which our signatory is asked to sign; and an approval of the
    other party, which is news for us."""
    share = line.issue.shares.select_related("organisation", "issue").get(pk=line.share_id)
    deciding.approve_all(by=maya, share=share, decided_on=clock.today())
    while work_due():
        pass
    signs = person_of(world.cast.signatory)
    deciding.ask_all(by=maya, share=share, person=signs)
    while work_due():
        pass
    version = _whole(line).made.versions.get()
    record_approval(by=world.other, version=version, decision="approved", decided_on=clock.today())


def _whole(line: IssueLine) -> IssueLine:
    rows = IssueLine.objects.select_related("agreement", "share", "organisation", "issue")
    return rows.get(pk=line.pk)
