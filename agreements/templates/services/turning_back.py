"""A template from an agreement: what was filled in becomes blanks again.

A clause that still is the template's wording, filled in, is that wording again. In any other the
names of the parties and what was filled into blanks are looked for, word by word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction

from agreements.core.parties import parties_of
from agreements.core.sides import names_in
from agreements.core.texts import named_in_text, texts_of
from agreements.drafting.blanks import written_as
from agreements.drafting.filled_in import filled_in
from agreements.drafting.typed_figures import as_written
from agreements.models import ClauseText, TemplateVersion, Version
from agreements.templates.services.keeping import open_version
from agreements.templates.services.making import new_template
from agreements.templates.services.people import require_manager
from audit.services import record
from house.canonical import fingerprint
from house.refusals import Refused
from parties.acting import Acting

# Shorter words, such as a number, stand in a text for many things.
SHORTEST = 3


class TurnedBack(NamedTuple):
    """Words of the agreement that become a blank again, and in how many clauses."""

    words: str
    key: str
    clauses: int


@dataclass
class AsTemplate:
    """The text of a version with its blanks, and what was turned back, the most frequent first."""

    version: Version
    clauses: list[ClauseText]
    turned: list[TurnedBack] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """Tells whether two people look at the same text."""
        read = [(text.key, text.heading, text.body, text.kind) for text in self.clauses]
        return fingerprint([read, self.version.terms])


def as_template(version: Version) -> AsTemplate:
    """What a template from this version would say; nothing is saved (about five queries)."""
    source = version.agreement.template_version
    wordings = {clause.key: clause for clause in source.clauses.all()}
    texts = texts_of(version)
    known, found = _names(version), Counter[tuple[str, str]]()
    again = {text.key: filled_in(wordings.get(text.key), *as_written(text)) for text in texts}
    for values in filter(None, again.values()):
        known |= {words: key for key, words in values.items()}
        found.update((words, key) for key, words in values.items())
    clauses = []
    for text in texts:
        if again[text.key] is not None:
            heading, body = wordings[text.key].heading, wordings[text.key].body
        else:
            heading, body = (_turned(each, known) for each in as_written(text))
            found.update(_which(" ".join(as_written(text)), known))
        clauses.append(_clause(text, heading, body))
    turned = [TurnedBack(words, key, count) for (words, key), count in found.most_common()]
    return AsTemplate(version, clauses, turned)


def template_from(
    *, by: Acting, version: Version, name: str, description: str = "", shown: str = ""
) -> TemplateVersion:
    """A draft of one's own template with the sides, blanks, terms and text of this version.

    `shown` is the mark of what somebody read. Raises Refused when the text changed since.
    """
    require_manager(by)
    with transaction.atomic():
        template = new_template(by, name, description)
        made = as_template(version)
        if shown and made.mark != shown:
            raise Refused(
                "Somebody changed the text of this agreement since you opened this page. Look at "
                "what becomes a blank again now, then make the template."
            )
        source = version.agreement.template_version
        draft = open_version(
            template,
            1,
            made.clauses,
            # At which level each party commissions is a term of this agreement alone.
            version.typed_terms.model_copy(update={"commissioning": ()}),
            slots=source.slots,
            blanks=source.blanks,
        )
        record(by, "template_from_agreement", template, reference=version.agreement.reference)
    return draft


def _names(version: Version) -> dict[str, str]:
    """What each side is called today and was in this text, with its slot. Of a side that many
    share, all names together are its blank."""
    parties, stood = parties_of(version.agreement), names_in(version)
    then = [stood.get(party.key) or party.name for party in parties]
    called = (named_in_text(parties), named_in_text(parties, then))
    return {names: slot for each in called for slot, names in each.items()}


def _pattern(known: Iterable[str]) -> re.Pattern[str]:
    """Any of these words, the longest first, and nowhere inside a word."""
    longest = sorted((words for words in known if len(words) >= SHORTEST), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest)) or '(?!)'})(?!\w)")


def _turned(text: str, known: Mapping[str, str]) -> str:
    return _pattern(known).sub(lambda words: written_as(known[words[0]]), text)


def _which(text: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What of it stands in this text, each once."""
    yield from ((words, known[words]) for words in {*_pattern(known).findall(text)})


def _clause(text: ClauseText, heading: str, body: str) -> ClauseText:
    """The clause as the template has it; nobody saves it."""
    return ClauseText(
        clause=text.clause,
        position=text.position,
        kind=text.kind,
        heading=heading,
        body=body,
        status=text.status,
        bindings=text.bindings,
        owed_by=text.owed_by,
    )
