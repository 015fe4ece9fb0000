"""What a room answers: how a lower room hears of what upper rooms have, without knowing them.

A room that has an answer overrides the method; every other answer is empty. A room is found by
those below it through `house.rooms`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import TYPE_CHECKING, Any

from house.answers import (
    AgendaPoint,
    AgreementRow,
    Keeping,
    Measure,
    NamedAgreement,
    NavigationEntry,
    OpenThings,
    PassingOn,
    Section,
    Subpage,
    Todo,
)
from house.asked_together import Asking, ask_alone
from house.goes import Goes, GoesFile
from house.wall import WhoAsks

if TYPE_CHECKING:
    # The names of what the rooms speak of; import-linter excuses these lines alone.
    from django.db.models import Q, Subquery

    from agreements.models import Agreement, Change, Party, TakesEmails, Version
    from deadlines.kinds import DeadlineKind
    from deadlines.models import Deadline
    from mail.kinds import MailEntry
    from nhsuk.components import Link
    from parties.acting import Acting
    from parties.holdings import Holding
    from parties.models import Organisation, Person, Succession
    from parties.services.people import Joining, Leaving


class Room:
    """One app's answers. Each takes many objects at once, so that a page asks each room once; what
    one agreement's pages show is asked of that one.

    `called` is what people call its happenings, where it has sentences for some.
    """

    name: str
    called: str = ""
    # When its turn to lock comes where somebody leaves, or an agreement goes over to a successor:
    # what `lock_held` and `lock_passed` lock stands there in the one order of locks.
    locks_at: int = 0

    def navigation(self, acting: Acting) -> Sequence[NavigationEntry]:
        """Its places in the menu and in the footer."""
        return ()

    def asking_todo(self, acting: Acting) -> Asking[Sequence[Todo]]:
        """What waits without a deadline, for the home page, which asks all rooms: it yields its
        queries and is sent their rows, which are read together with those of the others."""
        return ()
        yield

    def named(self, references: Collection[str], acting: Acting) -> Mapping[str, NamedAgreement]:
        """Reference -> the agreement, for those of them that the reader may see."""
        return {}

    def my_agreements(self, acting: Acting) -> Sequence[AgreementRow]:
        """The reader's agreements, for the home page."""
        return ()

    def subpages(self, agreement: Agreement) -> Sequence[Subpage]:
        """The pages that the agreement has of it; what its terms do not have has none.

        The agreement's version in force is at hand, and what `marks` asked of it. No database is
        asked: each of its pages leads to all.
        """
        return ()

    def marks(self) -> Mapping[str, Any]:
        """What decides which pages an agreement has, and lies in other rows: name -> yes or no,
        asked of the agreement itself where a page of it is read."""
        return {}

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> Sequence[Section]:
        """Its parts of one page of the agreement; the page may be another room's."""
        return ()

    def sentences(self) -> Mapping[str, str]:
        """Verb -> sentence, for the timeline of an agreement."""
        return {}

    def no_news(self) -> Collection[str]:
        """Verbs of what stands on the timeline and is no news on the home page of the others."""
        return ()

    def keeping_kinds(self) -> Mapping[str, str]:
        """What a clause can be bound to here: key -> label, as in "kept by the signatures"."""
        return {}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Mapping[int, Mapping[str, Keeping]]:
        """Agreement id -> key -> whether it is kept; keys are those of `keeping_kinds`. A room that
        has rows to read for it overrides `asking_keepings` instead."""
        return ask_alone(self.asking_keepings(agreements, acting))

    def asking_keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
        """The same for a page that asks all rooms: it yields its queries and is sent their rows,
        which are read together with those of the others."""
        own = type(self).keepings is not Room.keepings
        return self.keepings(agreements, acting) if own else {}
        yield

    def counted(self, acting: Acting) -> Mapping[str, Subquery]:
        """What answers of the room rest on and one value can hold: name -> a subquery of the
        agreement `OuterRef("pk")`.

        A page that asks all rooms reads these of all of them together with the agreement, in one
        statement; `counted_in` finds them there, or asks (`agreements/core/counted.py`).
        """
        return {}

    def measures(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> Mapping[int, Sequence[Measure]]:
        """Agreement id -> how what it asks for was met from the first to the last of these days,
        both included, by what the record holds now of them; those that ask for nothing here have
        none. A fixed number of queries, for any number of agreements and parties.

        Reports ask only the rooms on their list (`reports/sources.py`).
        """
        return {}

    def came_into_force(self, agreement: Agreement, by: Acting) -> None:
        """Begins what the terms ask for, in the transaction that put the agreement in force."""

    def lock_of_terms(self, agreement: Agreement) -> None:
        """Locks what the terms of the agreement ask for, which a new text may ask for otherwise:
        behind the agreement, and before the version that may replace its text."""

    def text_replaced(self, agreement: Agreement, before: Version, by: Acting) -> None:
        """Begins, dates anew and ends what the terms ask for otherwise than those of the text
        `before`, in the transaction that put the new text in its place. What they ask for alike
        goes on as it was."""

    def lock_counted(self, agreement: Agreement) -> None:
        """Locks what is counted from the days of the agreement, behind all the agreements that it
        is counted for: before anything else is locked to put the days right."""

    def dates_corrected(self, agreement: Agreement, by: Acting) -> None:
        """Counts anew, in the transaction that put the registered days of the agreement right."""

    def agreement_ended(self, agreement: Agreement, by: Acting) -> None:
        """Ends what goes on under the agreement, in the transaction in which it ended."""

    def change_of_text_closed(self, change: Change, by: Acting, because: str) -> None:
        """Gives up the text of a variation or correction that came to nothing, in the transaction
        in which that was said by somebody, or followed."""

    def notice_contested(self, agreement: Agreement, by: Acting, giver: int, because: str) -> None:
        """Takes up that a party does not accept the notice of the organisation `giver`, in the
        transaction in which it said so."""

    def contact_named(self, party: Party, by: Acting) -> None:
        """Tells whoever stands for the party by now what still waits for it, in the transaction
        that named a key contact."""

    def rejection_ended(self, agreement: Agreement, by: Acting) -> None:
        """Goes on with what waited, in the transaction that recorded a party's approval."""

    def deadline_kinds(self) -> Sequence[DeadlineKind]:
        """What can be due here."""
        return ()

    def not_confirmed(self, references: Collection[str]) -> Collection[tuple[str, int]]:
        """Reference and organisation, where the organisation has not confirmed that the text of
        the agreement is what it agreed: what follows from the text alone does not wait for it."""
        return ()

    def deadlines_changed(self, references: Sequence[str]) -> None:
        """Takes note, in the transaction that set, moved or closed a deadline of these."""

    def holiday_moved(self, deadline: Deadline, before: date, because: str) -> None:
        """Says that a holiday, added or put right, moved the date of an open deadline from the day
        `before`, in the transaction that moved it. `because` is the holiday's name and day."""

    def make_up_for_missing(self) -> Iterable[str]:
        """Sets the deadlines that rows from before an upgrade lack, in a transaction for each.

        Gives the references of their agreements. A second run finds nothing to do.
        """
        return ()

    def day_news(self, person: int, day: date) -> Sequence[MailEntry]:
        """What happened, for the e-mail of that day to the person with this id."""
        return ()

    def time_passed(self) -> None:
        """Does what days bring by themselves; before each sweep of the reminders."""

    def agenda_points(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> Mapping[int, Sequence[AgendaPoint]]:
        """Agreement id -> what a meeting should look at, of these days."""
        return {}

    def shows(self, agreement: Agreement, acting: Acting) -> Mapping[str, str]:
        """Source key -> what it is called: what the room holds of the agreement that can show that
        something was done, the newest first. `sources` leads to it."""
        return {}

    def met_on(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Mapping[int, Sequence[date]]:
        """Agreement id -> the days of the last meetings of all its parties, the newest first: then
        what is standing was asked about."""
        return {}

    def open_on(self, agreement: Agreement, day: date, acting: Acting) -> Sequence[OpenThings]:
        """What was open under the agreement at the end of a London day, as far as the reader may
        see it now; each kind of which there was one, whether anything was open or not.

        The agreement has the parties of that day at hand.
        """
        return ask_alone(self.asking_open_on(agreement, day, acting))

    def asking_open_on(
        self, agreement: Agreement, day: date, acting: Acting
    ) -> Asking[Sequence[OpenThings]]:
        """The same, asked of all rooms together; a room overrides one of the two."""
        own = type(self).open_on is not Room.open_on
        return self.open_on(agreement, day, acting) if own else ()
        yield

    def left_open(self, agreements: Collection[int]) -> Mapping[int, int]:
        """Agreement id -> how many things of it are open now, whoever may see them."""
        return ask_alone(self.asking_left_open(agreements))

    def asking_left_open(self, agreements: Collection[int]) -> Asking[Mapping[int, int]]:
        """The same, asked of all rooms together; what a room overrides."""
        return {}
        yield

    def goes(self) -> Sequence[Goes | GoesFile]:
        """The words and files that its rows hold, which go with an MoU that is disposed of."""
        return ()

    def disposal_agreed(self, change: Change, by: Acting) -> None:
        """Sees to the disposal that all parties have agreed to, in the transaction of the last
        word. The agreement is locked."""

    def kept_on(self, agreement: Agreement, by: Acting, because: str) -> None:
        """Stops what was to take the agreement away, in the transaction in which a party placed a
        hold on it, or decided that it is kept longer."""

    def sources(self, keys: Collection[str], acting: Acting) -> Mapping[str, Link]:
        """Source key -> where those actions were agreed, as far as the reader may see it."""
        return {}

    def takes_emails(self) -> Sequence[TakesEmails]:
        """The kinds of its things that saved e-mails are put on (record 0079)."""
        return ()

    def people_shared_with(self, acting: WhoAsks) -> Sequence[Q]:
        """What of the room lets the reader see somebody, asked of each person of a query alone.

        The person is `OuterRef("pk")`. To list all of them would take longer for each agreement.
        """
        return ()

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> Sequence[PassingOn]:
        """What a successor of this organisation would take over here, and what stays, of these
        agreements; in full also what it holds beside them."""
        return ()

    def lock_passed(self, agreement: Agreement) -> None:
        """Locks its own rows that `succeed` writes, before any room writes. The agreement is
        locked, and the rows of rooms with a lower `locks_at`."""

    def succeed(self, succession: Succession, agreement: Agreement, by: Acting) -> None:
        """Goes on with what was the old organisation's under this agreement, in the transaction in
        which its sides went to the new one. The agreement is locked and has its new parties."""

    def succeed_beside(self, succession: Succession, by: Acting) -> None:
        """The same with what the old one held beside its agreements: last, and in full only."""

    def holdings(self, person: Person, organisation: Organisation, most: int) -> Sequence[Holding]:
        """What the person holds for the organisation, for handing over: so many at most."""
        return ask_alone(self.asking_holdings(person, organisation, most))

    def asking_holdings(
        self, person: Person, organisation: Organisation, most: int
    ) -> Asking[Sequence[Holding]]:
        """The same, asked of all rooms together; a room overrides one of the two."""
        own = type(self).holdings is not Room.holdings
        return self.holdings(person, organisation, most) if own else ()
        yield

    def held_under(self, person: Person, organisation: Organisation) -> Collection[int]:
        """The ids of the agreements whose rows are written when what they hold is handed over."""
        return ()

    def handing_over(self, leaving: Leaving) -> AbstractContextManager[None]:
        """Around the handing over of all rooms: locks what several of them lock, and writes at the
        end what several of them set."""
        return nullcontext()

    def lock_held(self, leaving: Leaving) -> None:
        """Locks its own rows that are written when somebody leaves, before any room writes. The
        agreements are locked, and the rows of rooms with a lower `locks_at`."""

    def person_leaves(self, leaving: Leaving) -> None:
        """Hands over what they held, in the transaction in which somebody leaves. Who follows in a
        thing is `leaving.follows` of the key of its `Holding`."""

    def person_joins(self, joining: Joining) -> None:
        """Gives what one row of a person holds to the other, when they said that both are them."""
