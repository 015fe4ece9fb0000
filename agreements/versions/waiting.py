"""What a version under way waits for, and who takes that step: on every page alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from agreements.core.carrying import confirmer_here, waits_for_word
from agreements.core.situations import Situation
from agreements.core.states import ApprovalStanding
from agreements.core.steps import NextStep, quoted
from agreements.models import Approval, PaperSignature, Party, SignatureRequest
from nhsuk.dates import day
from nhsuk.words import and_list, in_sentence
from parties.acting import Acting
from parties.who import MANAGERS, PAPER_CHECKERS, SIGNATORIES, Who

SIGNED = "signed"


def steps_of_version(situation: Situation, acting: Acting) -> Iterator[NextStep]:
    """The open steps of the version; of a signed one the approvals that are to be ratified."""
    version = situation.version
    if version is None:
        return
    each, rows = _Each(situation, acting), situation.standings
    asked = [row for row in rows if row.asks_changes]
    if asked and version.state != SIGNED:
        yield each.changes(asked)
        return
    if version.state == "frozen" and not all(row.is_given for row in rows):
        yield each.send_out()
        return
    for row in rows:
        yield from each.approval(row)
        if version.state != SIGNED:
            yield from each.signatures(row)


class _Each:
    """The steps of one version under way, one kind after the other."""

    def __init__(self, situation: Situation, acting: Acting) -> None:
        self.situation, self.acting = situation, acting
        assert situation.version  # noqa: S101 - asked before
        self.version = situation.version
        self.label = f"version {self.version.label}"
        self.reference = situation.agreement.reference

    def send_out(self) -> NextStep:
        """Either party's MoU manager may do it."""
        url = self._url("send", self.version.seq)
        return NextStep(
            f"Start the approval of {self.label}",
            f"Send {self.version.label} for approval",
            url,
            None,
            self._managers(),
            mine=self._has(MANAGERS),
        )

    def changes(self, rows: Sequence[ApprovalStanding]) -> NextStep:
        """Nobody is asked to approve or sign a text that has to change first."""
        who = and_list(row.party.name for row in rows)
        return NextStep(
            f"Recall {self.label} and make only the changes that {who} asked for",
            "Read what is asked for",
            f"{self._url('version', self.version.seq)}#standing",
            None,
            self._managers(),
            mine=self._has(MANAGERS),
        )

    def approval(self, row: ApprovalStanding) -> Iterator[NextStep]:
        if row.is_given:
            return
        if left := _to_confirm(self.situation, row):
            yield self._confirmation(row.party, left)
            return
        so_far = in_sentence(row.latest.in_words) if row.latest else ""
        said = f"Decided so far: {so_far}." if so_far else ""
        if self.version.state == SIGNED and row.is_to_be_ratified:
            said = f"{said} The approval is to be ratified.".strip()
        text = f"Record what the {row.route.name} decided about {self.label}"
        url = self._url("decision", self.version.seq)
        yield self._of_manager(text, "Record the decision", url, row.party, said)

    def signatures(self, row: ApprovalStanding) -> Iterator[NextStep]:
        if row.rejection:
            return
        asked = {r.slot: r for r in self.situation.requests if r.party_id == row.party.pk}
        for signatory in self.version.typed_terms.signatories_of(row.party.slot):
            request = asked.get(signatory.key)
            if request is None and row.is_given:
                text = f"Ask the {signatory.label} to sign {self.label}"
                url = self._url("open_signature", self.version.seq)
                yield self._of_manager(text, "Ask for the signature", url, row.party)
            elif request is not None:
                yield from self._signature(request, row.party)

    def _signature(self, request: SignatureRequest, party: Party) -> Iterator[NextStep]:
        paper = self.situation.papers.get(request.pk)
        if request.state == "on_paper" and paper:
            yield self._scan(paper)
        elif request.state == "declined":
            yield self._declined(request, party)
        elif request.state in {"asked", "not_ready"}:
            yield NextStep(
                f"Sign {self.label}",
                "Read and sign",
                self._url("sign", request.pk),
                party,
                (request.person.name,),
                mine=self._is(request.person_id) and self._acts_for(party, SIGNATORIES),
                said=" ".join(
                    filter(
                        None,
                        (
                            f"By {day(request.sign_by)}." if request.sign_by else "",
                            quoted("Not ready to sign", request.not_ready_because),
                        ),
                    )
                ),
            )

    def _scan(self, paper: PaperSignature) -> NextStep:
        return NextStep(
            f"Confirm the scan of the signature of {paper.signed_by} under {self.label}",
            "Look at the scan",
            self._url("paper_check", paper.pk),
            None,
            self._managers(),
            mine=paper.recorded_by_id != self.acting.user.pk and self._has(PAPER_CHECKERS),
        )

    def _declined(self, request: SignatureRequest, party: Party) -> NextStep:
        return NextStep(
            f"Ask somebody else to sign {self.label}, or recall it",
            "See why",
            f"{self._url('version', self.version.seq)}#standing",
            party,
            self.situation.managers(party),
            mine=self._acts_for(party, MANAGERS),
            said=quoted("Declined", request.not_ready_because),
        )

    def _of_manager(
        self, text: str, button: str, url: str, party: Party, said: str = ""
    ) -> NextStep:
        names = self.situation.managers(party)
        mine = self._acts_for(party, MANAGERS)
        return NextStep(text, button, url, party, names, mine=mine, said=said)

    def _confirmation(self, party: Party, left: Approval) -> NextStep:
        """The person named confirms here; what anybody else said, the party's manager records."""
        earlier, person = left.version.label_before_signature, confirmer_here(left, party)
        here = person is not None and self._is(person.pk) and self._is_own(party)
        return NextStep(
            f"Confirm the changes from version {earlier} to {self.label}",
            "See the changes",
            self._url("confirm_changes", self.version.seq),
            party,
            (person.name,) if person else self.situation.managers(party),
            mine=here if person else self._acts_for(party, MANAGERS),
            said="" if person else f"Record what {left.confirmer} said.",
        )

    def _managers(self) -> tuple[str, ...]:
        return tuple(n for p in self.situation.parties for n in self.situation.managers(p))

    def _is_own(self, party: Party) -> bool:
        return party.organisation.pk == self.acting.organisation_id

    def _acts_for(self, party: Party, who: Who) -> bool:
        return self._is_own(party) and who.includes(self.acting)

    def _has(self, who: Who) -> bool:
        held = self.situation.held_by(self.acting.organisation_id)
        return bool(held) and who.includes(self.acting)

    def _is(self, person_id: int) -> bool:
        return getattr(self.acting.user, "person_id", None) == person_id

    def _url(self, name: str, number: int) -> str:
        return reverse(f"agreements:{name}", args=[self.reference, number])


def _to_confirm(situation: Situation, row: ApprovalStanding) -> Approval | None:
    """The party's approval of an earlier version that carries to this one once it is confirmed."""
    if row.is_given or situation.version is None:
        return None
    own = [a for a in situation.approvals if a.party_id == row.party.pk]
    return waits_for_word(situation.version, own)
