"""What rooms answer each other with: a line for Home, a part of a page, how something is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal

from house import clock

if TYPE_CHECKING:
    # The names of what the rooms speak of; import-linter excuses these lines alone.
    from nhsuk.components import Button, Tag


@dataclass(frozen=True)
class NavigationEntry:
    """A link in the portal's navigation. `position` orders the entries; Home is 0.

    The menu holds five entries at most. What people need now and then stands `in_footer`.
    """

    text: str
    url_name: str
    position: int
    in_footer: bool = False


@dataclass(frozen=True)
class Todo:
    """Something that waits for somebody: a sentence with a verb, its agreement, one button.

    `waits_for` names who has to act, when it is not the reader's (`mine`). `due_on` is a London
    day; `due_at` the instant on it, aware, for what is due to the minute; with neither it has
    waited since `since`. Of one `kind`, those that are `alike` ask for one thing of several
    agreements, "Review" before "12 agreements"; others have in common what `together` says.
    """

    sentence: str
    about: str
    url: str
    button: str
    waits_for: str = ""
    mine: bool = True
    due_on: date | None = None
    due_at: datetime | None = None
    is_late: bool = False
    since: datetime | None = None
    kind: str = ""
    alike: str = ""
    together: str = ""
    references: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[datetime, bool, datetime, str]:
        """By urgency in hours. A day is over at its end; what has no date is due after today."""
        day = self.due_on or clock.today()
        by = self.due_at or clock.london_instant(day + timedelta(days=1), time(0))
        return (by, self.due_on is None, self.since or by, self.sentence)


@dataclass(frozen=True)
class NamedAgreement:
    """An agreement as a line names it to a reader: its title, the other parties, its page.

    `others` is organisation id -> name, in the order of the parties.
    """

    title: str
    others: Mapping[int, str]
    url: str


@dataclass(frozen=True)
class Subpage:
    """A page of an agreement beside its overview: its address below the agreement's, its name.

    `position` orders those of all rooms. `former` are places of the one long page that an
    agreement was: whoever comes with an old link to one of them is led here.
    """

    key: str
    heading: str
    position: int
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a page of an agreement: a heading with its own link, and one main action.

    `template` is included with this as `part`. `position` orders the sections of all rooms.
    """

    anchor: str
    heading: str
    position: int
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    # None for who may only read.
    action: Button | None = None


@dataclass(frozen=True)
class Evidence:
    """Where it can be seen that something was kept: words and the page."""

    text: str
    url: str


@dataclass(frozen=True)
class Keeping:
    """A room's answer to "is this kept?", for one agreement and one thing a clause is bound to.

    "kept" stands only with evidence; "nothing_yet" says that nothing was asked so far.
    """

    state: Literal["kept", "due", "missed", "nothing_yet"]
    sentence: str
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if self.state == "kept" and not self.evidence:
            raise ValueError("Nothing is kept without evidence.")


@dataclass(frozen=True)
class Measure:
    """How often one thing that an agreement asks of one party was met in a run of London days, for
    a report (B15). The figures are the same whoever reads them.

    - `key` names the standard alike in all agreements ("actions", "announcements.publication"): a
      report of many adds up what has one key. `label` is what was met: "Publications shared in
      time".
    - `party` is the key of the party that owed it; empty where all owe it together.
    - `met` and `missed` are what was decided in these days. Each thing counts where it was decided:
      done in time on the day it was done, not done by its date on that date. So runs of days that
      follow each other add up, and what is done late later stays missed where it was due.
    - `excluded` is what the text itself leaves out or allows: with the exclusions it counts as
      neither, without them as missed.
    - `open` is what was asked by the end of the last day, and not decided by then.
    - `url` leads to the evidence, where every party to the agreement reads it.
    - `said` is whatever else is to be told in whole sentences: how many were late and still open,
      what runs on. Only figures and the words of the terms: it is printed and kept for ever.

    What one party may not know yet (a release under embargo, an own note) is counted nowhere.
    """

    key: str
    label: str
    party: str = ""
    met: int = 0
    missed: int = 0
    excluded: int = 0
    open: int = 0
    url: str = ""
    said: str = ""


# Of what was open on a day so many of each kind are named.
MOST_OPEN = 20


@dataclass(frozen=True)
class OpenThing:
    """Something that was open at the end of a day: what it is called in its agreement ("4"), what
    it is about, with whom it was and by when; its page where the reader may open it."""

    number: str
    what: str
    who: str = ""
    due_on: date | None = None
    url: str = ""


@dataclass(frozen=True)
class OpenThings:
    """Those of one kind, the first of them: `one` and `many` say what they are ("action"), `count`
    how many there were in all, `url` where those of today are listed."""

    one: str
    many: str
    named: tuple[OpenThing, ...]
    count: int
    url: str


@dataclass(frozen=True)
class PassingOn:
    """So many of one kind go over to a successor, or stay and why: `one` and `many` say what they
    are ("open action")."""

    one: str
    many: str
    count: int
    # Empty for what goes over.
    stays_because: str = ""


@dataclass(frozen=True)
class AgendaPoint:
    """Something that the portal holds and a meeting should look at, with where to read it.

    `topic` is the key of the source in the terms that it belongs under; empty for other news.
    """

    text: str
    url: str = ""
    topic: str = ""


@dataclass(frozen=True)
class AgreementRow:
    """An agreement on the home page: its state, and its next date or what is under way."""

    reference: str
    title: str
    url: str
    state_tag: Tag
    next_date: str
    is_late: bool = False
