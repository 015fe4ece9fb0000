"""What waits for one signatory in a group: texts that are the same, and what differs in each.

A text that went to many is the wording of one template, and only what stands in its blanks differs.
Whether that is so is read from the texts themselves: who signs is told of any that is another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from agreements.core.rejections import rejected
from agreements.core.states import ApprovalStanding, approvals_by_version, standing_with
from agreements.drafting.blanks import OF_PARTIES
from agreements.drafting.filled_in import filled_in
from agreements.models import (
    ClauseText,
    IssueShare,
    SignatureRequest,
    TemplateClause,
    TemplateVersion,
    Version,
)
from house.canonical import fingerprint
from parties.acting import Acting
from parties.models.organisations import name_today

# As many as one page shows; whoever has signed these finds the next.
MOST_AT_ONCE: Final = 100
_WORDS = ("heading", "body", "heading_with_blanks", "body_with_blanks")
_FACTS = ("clause__key", "kind", "status", "bindings", "owed_by")


class Text(NamedTuple):
    """What a text shares with the others, as a check code, and what stands in its blanks."""

    wording: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class ToSign:
    """One agreement whose signature is asked of the reader."""

    asked: SignatureRequest
    # With whom it is, and what the reader's own party is called.
    name: str
    own: str
    standing: ApprovalStanding
    text: Text

    @property
    def version(self) -> Version:
        return self.asked.version

    @property
    def mark(self) -> str:
        """What a form sends: the request, and the hash of the text that the page shows."""
        return f"{self.asked.pk}:{self.version.sha256}"

    @property
    def held_because(self) -> str:
        """Why it is not offered with the others; empty where it is."""
        if rejection := self.standing.rejection:
            return rejected(rejection, self.own)
        if self.asked.state == SignatureRequest.State.NOT_READY:
            return f"You said that you are not ready: {self.asked.not_ready_because}"
        if name := self.asked.in_place_of:
            return f"You sign it in the place of {name}: sign it on its own page."
        return ""


def waiting_for(acting: Acting, share: IssueShare) -> list[ToSign]:
    """What is asked of the reader in their organisation's share, in the order of its lines (five
    queries, for any number); one more than a page shows, where there are more."""
    rows = list(asked_of(acting, share)[: MOST_AT_ONCE + 1])
    versions = [each.version for each in rows]
    given = approvals_by_version(version.pk for version in versions)
    texts = texts_of(share.issue.template_version, versions)
    return [
        ToSign(
            asked=each,
            name=each.with_whom,
            own=acting.on_behalf_of.name,
            standing=standing_with(each.version, each.party, given[each.version_id]),
            text=texts[each.version_id],
        )
        for each in rows
    ]


def asked_of(acting: Acting, share: IssueShare) -> Any:
    """The signatures under texts that are out, which the reader was asked for and has not given."""
    rows = SignatureRequest.objects.visible_to(acting).filter(
        person=acting.who.person_id or 0,
        state__in=[SignatureRequest.State.ASKED, SignatureRequest.State.NOT_READY],
        version__state=Version.State.OUT_FOR_SIGNATURE,
        party__agreement__issue_line__share=share,
        party__slot=share.issue.commissioner_slot,
    )
    named = rows.annotate(with_whom=name_today("party__agreement__issue_line__organisation"))
    return named.select_related("version__agreement", "party", "person").order_by("pk")


def texts_of(source: TemplateVersion, versions: Sequence[Version]) -> dict[int, Text]:
    """Version id -> its text, of versions from one template (two queries)."""
    wordings = {clause.key: clause for clause in source.clauses.all()}
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    texts = ClauseText.objects.filter(version__in=versions).order_by("position", "pk")
    for row in texts.values("version", *_FACTS, *_WORDS):
        rows[row["version"]].append(row)
    reading = _Reading(wordings)
    return {version.pk: reading.text(version, rows[version.pk]) for version in versions}


class _Reading:
    """Takes texts apart. A clause that many have word for word is taken apart once."""

    def __init__(self, wordings: Mapping[str, TemplateClause]) -> None:
        self.wordings = wordings
        self.read: dict[tuple[str, ...], tuple[Sequence[str], Mapping[str, str]]] = {}

    def text(self, version: Version, rows: Iterable[Mapping[str, Any]]) -> Text:
        shared: list[Any] = [version.terms, _read_with(version)]
        values: dict[str, str] = {}
        for row in rows:
            words, found = self._clause(row)
            if any(values.get(key, said) != said for key, said in found.items()):
                words, found = (row["heading"], row["body"]), {}
            shared.append([*(row[fact] for fact in _FACTS), *words])
            values.update(found)
        return Text(fingerprint(shared), values)

    def _clause(self, row: Mapping[str, Any]) -> tuple[Sequence[str], Mapping[str, str]]:
        """What it shares with the others, and its values; of another wording its own words."""
        key = (row["clause__key"], *(row[each] for each in _WORDS))
        if key not in self.read:
            wording = self.wordings.get(row["clause__key"])
            heading = row["heading_with_blanks"] or row["heading"]
            body = row["body_with_blanks"] or row["body"]
            found = None if OF_PARTIES in body else filled_in(wording, heading, body)
            if wording is None or found is None:
                self.read[key] = (row["heading"], row["body"]), {}
            else:
                self.read[key] = (wording.heading, wording.body), found
        return self.read[key]


def _read_with(version: Version) -> list[dict[str, Any]]:
    """The list of documents that is hashed and signed with the text, but for the key of each row:
    no two agreements share one."""
    rows = version.associated_documents or ()
    return [{name: said for name, said in row.items() if name != "key"} for row in rows]


def shared_by_most(rows: Iterable[ToSign]) -> str:
    """The wording that most of them have; of several the first."""
    counts = Counter(row.text.wording for row in rows)
    return counts.most_common(1)[0][0] if counts else ""


def keys_that_differ(rows: Sequence[ToSign]) -> list[str]:
    """The blanks in which not all of these have the same, in the order of the text."""
    keys = dict.fromkeys(key for row in rows for key in row.text.values)
    return [key for key in keys if len({row.text.values.get(key, "") for row in rows}) > 1]
