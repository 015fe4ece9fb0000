"""What happened to an agreement, a page of it at a time, narrowed to what one room tells."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from agreements.models import Agreement, Happening
from agreements.page.frame import AgreementFrame
from agreements.page.queries import happenings_of, with_names
from agreements.page.sections import HISTORY
from agreements.page.timeline import timeline_of
from house.rooms import rooms
from nhsuk import forms
from nhsuk.components import TimelineEntry
from parties.acting import Acting

A_PAGE = 20


class HistoryFilter(forms.FilterForm):
    """Of what is told: everything, or what belongs to one room."""

    about = forms.SelectField(label="About")

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        told = [(room.name, room.called) for room in rooms() if room.sentences()]
        self.fields["about"].choices = [("", "Everything"), *told]  # type: ignore[attr-defined]


class History(AgreementFrame):
    """The history of one agreement. Edits of one person on one day are one entry of a page."""

    def __init__(self, agreement: Agreement, acting: Acting, query: QueryDict) -> None:
        super().__init__(agreement, acting, HISTORY.key)
        self.form = HistoryFilter(query or None)
        about = self.form.wanted.get("about")
        verbs = (
            {room.name: room.sentences().keys() for room in rooms()}.get(about) if about else None
        )
        pages = Paginator(happenings_of(agreement, verbs), A_PAGE)
        self.pages: Page[Happening] = pages.get_page(query.get("page"))

    @property
    def entries(self) -> list[TimelineEntry]:
        rows = with_names(self.pages.object_list, self.parties)
        return timeline_of(rows, self.agreement.reference)
