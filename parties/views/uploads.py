from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from house.refusals import Refused
from nhsuk.words import plural
from parties.acting import acting_of
from parties.forms import UploadForm
from parties.services.lists import Taken, WrongRows
from parties.services.people_list import take_people
from parties.views.common import own_organisation, page_of, steps
from web.carrying_out import posted, save_form


class ListForm(UploadForm):
    def add_refusal(self, refusal: Refused) -> None:
        """Every wrong row is a sentence of its own."""
        sentences = refusal.sentences if isinstance(refusal, WrongRows) else []
        for sentence in [refusal.sentence, *sentences]:
            self.add_error("file", sentence)


def people(request: HttpRequest, pk: int) -> HttpResponse:
    """People from a list."""
    organisation = own_organisation(request, pk)
    return save_form(
        request,
        posted(request, ListForm),
        partial(take_people, by=acting_of(request), organisation=organisation),
        done=what_was_taken,
        to=page_of(organisation),
        template="parties/people_upload.jinja",
        organisation=organisation,
        way=steps(organisation),
    )


def what_was_taken(taken: Taken) -> str:
    known = f"{plural(taken.known, 'row')} told nothing new." if taken.known else ""
    return f"{plural(taken.new, 'row')} of the list {_were(taken.new)} taken.\n{known}".strip()


def _were(count: int) -> str:
    return "was" if count == 1 else "were"
