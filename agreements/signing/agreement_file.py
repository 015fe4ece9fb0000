"""What `agreement.json` in a sealed file holds; `docs/agreement-json.md` explains it to others.

Sealed files are kept for ever, so a format never changes: what is added, renamed or taken out makes
the next one. Nothing in the portal reads the file back.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)

FORMAT: Literal["mou-portal agreement 9"] = "mou-portal agreement 9"
PARTY = "Which party: its `key` in `parties`."
SIDE = "The side that it takes: `slot` in the terms."


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileClause(_Part):
    key: str = Field(description="Names the clause in every version of the agreement.")
    kind: str = Field(
        description="`section` (a heading), `duty`, `principle`, `role`, `statement`, `definition`."
    )
    heading: str
    body: str = Field(
        description="The wording as it was typed, with its few marks for lists, tables, headings "
        "and bold."
    )
    status: str = Field(description="`defined`; `to_be_defined`: left for a later version.")
    bindings: list[str] = Field(description="What the portal watches for this clause.")
    owed_by: list[str] = Field(description="The `slot` of each side that owes it.")


class FilePartyName(_Part):
    slot: str = Field(description=SIDE)
    name: str = Field(description="What the party was called when its text was agreed.")


class FileDocument(_Part):
    """A document that the text is read with, as it stood when the text got its number."""

    key: str = Field(description="Names the document in every version of the agreement.")
    kind: str = Field(description="What it is, such as “Scheme of delegation”.")
    title: str
    party: str = Field(
        description="Whose own document it is: the `key` of a party; empty for one that is one "
        "for all."
    )
    version: str = Field(description="As the document calls it.")
    dated_on: date | None
    file: str = Field(description="The name of its file; empty where it has an address.")
    sha256: str = Field(description="Of the bytes of that file; empty where it has an address.")
    link: str = Field(description="Its address on the web; empty where it is a file.")


class FileContent(_Part):
    """The agreed text, and nothing else. The check code is made of it."""

    clauses: list[FileClause] = Field(description="In their order.")
    terms: dict[str, Any] = Field(
        description="What the portal keeps by itself: lead times in hours, series of meetings, "
        "start and end, review, contact roles, levels, approvals, signatories, standards, panel, "
        "documents, levels of commissioning, what is owed, how reports are used. As they were "
        "stored and signed; `format` is the number of their own format, and 0 where there is none."
    )
    parties: list[FilePartyName] = Field(description="In their order.")
    documents: list[FileDocument] = Field(
        default=[],
        description="What the text is read with, in the order in which it came to the list. Left "
        "out where the text is read with none.",
    )

    @model_serializer(mode="wrap")
    def _as_hashed(self, whole: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without what the text did not have: the check code is made of what stands here."""
        said: dict[str, Any] = whole(self)
        return {name: value for name, value in said.items() if name in self.model_fields_set}


class FileParty(_Part):
    key: str = Field(description="Names the party in the other parts of the file.")
    slot: str = Field(description="The side that it takes; several parties may share one.")
    called: str = Field(description="What the text calls it, such as “the CCG”.")
    name: str = Field(description="The organisation, by its name in this version.")
    ods_code: str | None = Field(description="Its code in the Organisation Data Service.")
    address: list[str] = Field(description="Line by line, on the day of sign-off.")


class FileContact(_Part):
    party: str = Field(description=PARTY)
    role: str = Field(description="The key of the role in `content.terms.contact_roles`.")
    called: str = Field(description="What the terms call the role.")
    name: str | None = Field(description="A person or a team; null where the role is vacant.")
    job_title: str
    email: str
    phone: str = Field(description="Where the terms ask for one.")
    postal_address: list[str] = Field(description="Line by line, where the terms ask for one.")
    deputy: str | None = Field(description="Who stands in while the person is away.")


class FileApproval(_Part):
    party: str = Field(description=PARTY)
    route: str = Field(description="`body`, or `post` for the holder of a post.")
    decider: str = Field(description="The body or the post that decided.")
    decision: str = Field(
        description="`approved`, `subject_to_changes`, `delegated`, `for_engagement`, `noted`, "
        "`deferred`, `rejected`; `by_delegate` for changes that a named person made final, "
        "`changes_made` where only the changes asked for were made, `not_as_asked` where not."
    )
    decided_on: date
    minute_reference: str
    before_text: bool = Field(
        description="Whether it is dated before the day on which the text was numbered."
    )
    version: str = Field(
        description="The version that it is about, by its number before the signatures."
    )
    changes_asked: str = Field(
        description="What has to change before the party approves; for `subject_to_changes`."
    )
    delegated_to: str | None = Field(
        description="Whom the decision names to finalise the text or to confirm the changes."
    )
    confirmed_by: str | None = Field(description="Who gave their word on the changes.")
    recorded_by: str = Field(description="Who wrote the decision down, for the party.")
    note: str = Field(description="What the party noted; of a confirmation, how it is known.")


class FileSignature(_Part):
    party: str = Field(description=PARTY)
    title: str = Field(
        description="As whom they signed, such as “Accountable Officer”; with `in_place_of` the "
        "post in whose place."
    )
    name: str = Field(
        description="Of the account's person, or of who was asked by a link; or as it stands on "
        "the paper."
    )
    typed_name: str | None = Field(
        description="What the person typed as their name; null on paper."
    )
    in_place_of: str = Field(
        description="In whose place a deputy or delegate signed, as the page or the paper said it; "
        "empty of who signed as themselves."
    )
    authority: str = Field(
        description="By what authority they signed in that place; empty with `in_place_of`."
    )
    statement: str | None = Field(
        description="What they agreed to by signing; null on paper, which does not say it."
    )
    method: Literal["electronic", "paper", "link"] = Field(
        description="`electronic` with an account; `link` by a link and a one-time code sent to "
        "`email`, without one."
    )
    signed_on: date = Field(description="The day in London; on paper, the date beside it.")
    recorded_at: AwareDatetime = Field(
        description="When they signed in the portal, or when the scan of the paper was confirmed."
    )
    email: str | None = Field(
        description="Of the account that signed, or to which link and code were sent; null on "
        "paper."
    )
    approval: Literal["given", "not_needed", "to_be_ratified", "subject_to_changes", "rejected"] = (
        Field(description="How the party's approval stood when the file was sealed.")
    )


class FileVersion(_Part):
    version: str = Field(description="The number that the version had before the signature.")
    frozen_on: date = Field(description="Since when its text has not changed.")
    author: str
    organisation: str = Field(description="For whom the author acted.")
    summary: str = Field(description="What changed, in the author's words.")
    signed_as: str = Field(
        description="The number that the last signature gave it; empty of a version that not all "
        "signed."
    )
    in_force_from: date | None = Field(
        description="The day from which its text was in force; null of a version that not all "
        "signed."
    )


class FileHead(_Part):
    link: int = Field(description="Its number.")
    hash: str = Field(description="Its hash, which covers all links before it.")


class AgreementFile(_Part):
    """The whole file."""

    format: Literal["mou-portal agreement 9"] = Field(
        description="What this file is, and the number of its format."
    )
    reference: str = Field(description="Names the agreement in the portal that made the file.")
    title: str
    version: str = Field(description="The signed version.")
    formerly: str = Field(description="The number that the same text had before the signatures.")
    sealed_at: AwareDatetime = Field(description="When the file was made and sealed.")
    verify_at: str = Field(description="The page that says whether a file is unchanged.")
    sha256: str = Field(
        description="The check code that all signed: SHA-256 of `content` as canonical JSON."
    )
    content: FileContent
    date_of_sign_off: date = Field(
        description="Of the agreement: the day of the last signature under its first text, or of "
        "the approval that ended a rejection, where that came later."
    )
    in_force_from: date = Field(
        description="The day from which this text is in force: of a variation or a correction the "
        "day of its last signature."
    )
    replaces: str = Field(
        description="The version in whose place it is in force; empty of a first text."
    )
    date_of_review: date | None = Field(
        description="Of the first review; null where the text asks for none."
    )
    parties: list[FileParty] = Field(description="In their order.")
    contacts: list[FileContact] = Field(description="As they were when the file was sealed.")
    approvals: list[FileApproval] = Field(
        description="Every decision on this version, by party and day; before a confirmation the "
        "decision on an earlier version on which it rests. The last one of a party counts."
    )
    signatures: list[FileSignature]
    history: list[FileVersion] = Field(
        description="The amendment history: each numbered version up to this one."
    )
    audit_head: FileHead | None = Field(
        description="The newest link of the portal's audit when the file was made; null where "
        "there was none."
    )
