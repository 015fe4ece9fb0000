"""Something of each kind for the access table, made by the services, with canaries in it.

A canary is a word that stands in one place only: whoever may read it finds it, nobody else ever
meets it in anything the portal answers.
"""

from __future__ import annotations

from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from agreements.drafting.services.editing import edit_clause, fill_blanks
from agreements.drafting.services.making import answer, begin, create
from agreements.library import library
from agreements.models import (
    Agreement,
    ClauseText,
    ContactProposal,
    Happening,
    PaperSignature,
    Seal,
    SetUp,
    SignatureRequest,
    Template,
    Version,
)
from agreements.register.services import register_signed
from agreements.signing.services.asking import open_for_signature
from agreements.signing.services.paper import record_paper
from agreements.signing.services.signing import sign
from agreements.templates.services.keeping import new_template_draft, take_from_library
from agreements.versions.services.approving import record_approval
from agreements.versions.services.versions import freeze, recall
from audit.models import Entry
from documents.models import StoredFile
from documents.storage import store
from documents.uploads import Mended
from house import clock
from mail.models import Delivery
from parties.acting import Acting
from parties.models import (
    Body,
    BodyOrganisation,
    Departure,
    HandedOver,
    Invitation,
    Post,
    Seat,
    Team,
    TeamMember,
    User,
)
from tests import stages
from tests.access.rooms import places_of_rooms
from tests.cast import Cast, acting, person
from web.models import MendedUpload

# In what both parties read together; in what the stranger has with somebody else.
OURS = "canary-robin-8841"
THEIRS = "canary-wren-2297"
# In what either party keeps to itself.
OURS_ALONE = "canary-dunlin-6613"
OTHERS_ALONE = "canary-plover-3058"
# In what the two of us have between us under an agreement of three.
BETWEEN_TWO = "canary-merlin-4471"
# In a practice concern that the two managers read, and in one that ours alone reads.
NAMED_ALONE = "canary-kestrel-7719"
KEPT_BY_US = "canary-osprey-3321"
# In a draft of either party that one viewer of the other may read, and nobody else there.
FOR_OTHER_VIEWER = "canary-curlew-5520"
FOR_VIEWER = "canary-heron-6174"
# Every act of somebody leaves a row in one of these.
TRACES = [model._meta.db_table for model in (Entry, Happening, Delivery)]
PDF = b"%PDF-1.7\n% a file for who may fetch it, not for what it says\n"


class World:
    # How many traces of acts there are before anybody asks for anything.
    written: tuple[int, ...] = ()

    def __init__(self) -> None:
        self.cast = Cast()
        self.askers: dict[str, User | None] = {
            "anonymous": None,
            "nobody": self.cast.nobody,
            "stranger": self.cast.stranger,
            "viewer": self.cast.viewer,
            "editor": self.cast.colleague,
            "manager": self.cast.manager,
            "signatory": self.cast.signatory,
            "secretary": self.cast.secretary,
            "administrator": self.cast.administrator,
            "other_viewer": self.cast.other_viewer,
            "other_manager": self.cast.other_manager,
            "other_signatory": self.cast.other_signatory,
            "other_secretary": self.cast.other_secretary,
            "system_administrator": self.cast.system_administrator,
        }
        self.us, self.other = acting(self.cast.manager), acting(self.cast.other_manager)
        self.template = take_from_library(by=self.us, source=library()["area-team-and-ccg"])
        self.places = self._places()
        self.places |= places_of_rooms(self)
        self._elsewhere()
        self.made_at = clock.now()
        # One for all: a client loads its middleware anew.
        self.client = Client(raise_request_exception=False)
        # Logged in once: a log-in for each of two thousand cells would cost a minute.
        self.cookies = {part: _logged_in(user) for part, user in self.askers.items() if user}

    def _places(self) -> dict[str, dict[str, Any]]:
        drafted = self._drafted()
        clause = drafted.versions.get().texts.select_related("clause")[1].clause
        under_way, request = self._drafted(), self.asked()
        version = self._frozen(under_way)
        compared = self._recalled()
        template_draft = new_template_draft(by=self.us, template=self.template)
        registered = self._registered()
        at_template = {"pk": self.template.pk, "seq": template_draft.seq}
        return self._people() | {
            "set_up": {"key": self._set_up().key},
            "drafted": _at(drafted),
            "ready": _at(self._ready()),
            "subpage": _at(drafted) | {"key": "people"},
            "contact": _at(drafted) | {"slot": "area_team", "role": "mou_manager"},
            "clause": _at(drafted) | {"key": clause.key},
            "terms_part": _at(drafted) | {"part": "contacts"},
            "version": _at(under_way) | {"seq": version.seq},
            "short_version": self._short_version(),
            "comparison": _at(compared) | {"older": 1, "newer": 2},
            "delegated": self._delegated(),
            "asked": _at(request.version.agreement) | {"pk": request.pk},
            "paper": self._paper(),
            "in_force": _at(self._in_force()),
            "registered": _at(registered),
            "mended": {"key": self._mended().key},
            "contact_proposal": _at(registered) | {"pk": ContactProposal.objects.get().pk},
            "library": {"key": "area-team-and-ccg"},
            "template": {"pk": self.template.pk},
            "template_draft": at_template,
            "template_published": {"pk": self.template.pk, "seq": 1},
            "template_side": at_template | {"key": "area_team"},
            "template_blank": at_template | {"key": "area"},
            "template_terms": at_template | {"part": "contacts"},
            "template_clause": at_template | {"key": template_draft.clauses.all()[1].key},
        }

    def _people(self) -> dict[str, dict[str, Any]]:
        """The Area Team's own: a person with a post, a newcomer invited, a team, a body."""
        team = self.cast.area_team
        here = {"pk": team.pk}
        viewer, newcomer = self.cast.viewer.person, person("Nina Newcomer")
        assert viewer
        post = Post.objects.create(person=viewer, organisation=team, title="Analyst")
        Post.objects.create(person=newcomer, organisation=team, title="Clerk")
        press = Team.objects.create(
            organisation=team, purpose="press", name="Press office", address="press@moors.example"
        )
        member = TeamMember.objects.create(team=press, person=viewer)
        board = Body.objects.create(name="Board", kind="committee")
        BodyOrganisation.objects.create(body=board, organisation=team)
        seat = Seat.objects.create(body=board, organisation=team, kind="chair")
        invitation = Invitation.objects.create(
            person=person("Ivy Invited"), organisation=team, email="ivy@moors.example",
            roles=["viewer"], invited_by=self.cast.administrator, invited_at=clock.now(),
            expires_at=clock.now() + timedelta(days=14),
        )  # fmt: skip
        left = Departure.objects.create(
            person=newcomer, organisation=team, last_day=clock.today(),
            by=self.cast.administrator, at=clock.now(),
        )  # fmt: skip
        HandedOver.objects.create(departure=left, text="Clerk of Northern Moors Area Team")
        return {
            "organisation": here,
            "departure": here | {"departure_pk": left.pk},
            "person": here | {"person_pk": viewer.pk},
            "newcomer": here | {"person_pk": newcomer.pk},
            "post": here | {"person_pk": viewer.pk, "post_pk": post.pk},
            "team": here | {"team_pk": press.pk},
            "member": here | {"team_pk": press.pk, "member_pk": member.pk},
            "body": here | {"body_pk": board.pk},
            "seat": here | {"body_pk": board.pk, "seat_pk": seat.pk},
            "invitation": here | {"invitation_pk": invitation.pk},
            "token": {"token": "not-a-token"},
            "link_page": {"token": "not-a-token", "name": "contacts"},
            "reset": {"uidb36": "1", "key": "not-a-key"},
            "passkey": {"pk": 1},
            "mail": {"name": "nothing.log"},
        }

    def _set_up(self, *, canary: str = OURS, by: Acting | None = None, ours: bool = True) -> SetUp:
        who = by or self.us
        set_up = begin(by=who, template_version=_published(self.template))
        ccg = self.cast.ccg if ours else self.cast.third_ccg
        team = self.cast.area_team if ours else self.cast.far_ccg
        answer(
            set_up=set_up,
            title=f"Working together {canary}",
            parties={"area_team": team.pk, "ccg": ccg.pk},
        )
        return set_up

    def _drafted(self) -> Agreement:
        agreement = create(by=self.us, set_up=self._set_up())
        _write(self.us, agreement, OURS)
        return agreement

    def _ready(self) -> Agreement:
        """A draft without an open blank, to be frozen."""
        agreement = self._drafted()
        self._fill_blanks(agreement)
        return agreement

    def _fill_blanks(self, agreement: Agreement) -> Version:
        draft = agreement.versions.get(state="draft")
        fill_blanks(by=self.us, version=draft, values={"area": "here", "lmc": "the LMC"})
        return draft

    def _frozen(self, agreement: Agreement) -> Version:
        draft = self._fill_blanks(agreement)
        return freeze(by=self.us, version=draft, summary="For the table.")

    def _short_version(self) -> dict[str, Any]:
        """To print: the thirty-five clauses of the others take two seconds each time."""
        agreement = stages.drafted(self.cast)
        _write(self.us, agreement, OURS)
        return _at(agreement) | {"seq": self._frozen(agreement).seq}

    def _recalled(self) -> Agreement:
        agreement = self._drafted()
        recall(by=self.us, version=self._frozen(agreement), because="To compare.")
        self._frozen(agreement)
        return agreement

    def _delegated(self) -> dict[str, Any]:
        """The viewer was given the text to finalise."""
        agreement = self._drafted()
        first = self._frozen(agreement)
        record_approval(
            by=self.us, version=first, decision="delegated", decided_on=clock.today(),
            delegated_to=self.cast.viewer.person,
        )  # fmt: skip
        recall(by=self.us, version=first, because="One word.")
        return _at(agreement) | {"seq": self._frozen(agreement).seq}

    def asked(self, by: Acting | None = None) -> SignatureRequest:
        version = self._frozen(self._drafted())
        return self._ask(by or self.us, version)

    def _ask(self, by: Acting, version: Version) -> SignatureRequest:
        ours = by.organisation_id == self.cast.area_team.pk
        slot = version.typed_terms.signatories_of("area_team" if ours else "ccg")[0].key
        person = (self.cast.signatory if ours else self.cast.other_signatory).person
        version.refresh_from_db()
        assert person
        return open_for_signature(
            by=by, version=version, slot=slot, person=person, because="For the table."
        )

    def _paper(self) -> dict[str, Any]:
        """The other party recorded a scan, so everybody here may check it."""
        request = self.asked(by=self.other)
        paper: PaperSignature = record_paper(
            by=self.other, request=request, scan=PDF, signed_by="Orla Officer",
            signed_on=clock.today(), mended=Mended(PDF + b"torn", ("after",), 1),
        )  # fmt: skip
        return _at(request.version.agreement) | {"pk": paper.pk}

    def _in_force(self) -> Agreement:
        version = self._frozen(self._drafted())
        for by, signatory in (
            (self.us, self.cast.signatory),
            (self.other, self.cast.other_signatory),
        ):
            request = self._ask(by, version)
            sign(
                by=acting(signatory),
                request=request,
                sha256=version.sha256,
                typed_name=str(signatory),
            )
        Seal.objects.filter(version=version).update(state="sealed", file=_file("sealed"))
        return version.agreement

    def _registered(self) -> Agreement:
        """Registered by the other party, so that ours is asked to confirm."""
        today = clock.today()
        return register_signed(
            by=self.other, template_version=_published(self.template),
            title=f"From paper {OURS}",
            organisations={"area_team": self.cast.area_team, "ccg": self.cast.ccg},
            file=_file("registered"), signed_on=today, review_on=today + timedelta(days=365),
            contacts={"area_team": {"mou_manager": {"person": {"name": "Perla Proposed"}}}},
        )  # fmt: skip

    def _mended(self) -> MendedUpload:
        mended = Mended(PDF + b"torn", ("after",), 1)
        return MendedUpload.objects.keep(PDF, mended, name="mou.pdf", reader=self.us.user)

    def _elsewhere(self) -> None:
        """The stranger's own agreement: its canary must never be met by our people."""
        stranger = acting(self.cast.stranger)
        set_up = self._set_up(canary=THEIRS, by=stranger, ours=False)
        _write(stranger, create(by=stranger, set_up=set_up), THEIRS)


def _write(by: Acting, agreement: Agreement, canary: str) -> None:
    text: ClauseText = agreement.versions.get().texts.all()[1]
    edit_clause(by=by, clause=text, edit_no=text.edit_no, body=f"{text.body}\n\nThe word {canary}.")


def _published(template: Template) -> Any:
    return template.versions.published().first()


def _file(name: str) -> StoredFile:
    return store(PDF + name.encode(), name=f"{name}.pdf", content_type="application/pdf")


def _logged_in(user: User) -> SimpleCookie:
    client = Client()
    client.force_login(user)
    # The first page notes when the log-in began: else each cell would write that anew.
    client.get(reverse("accessibility"))
    return client.cookies


def written() -> tuple[int, ...]:
    """How many rows there are of what every act of somebody leaves behind."""
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in TRACES)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return tuple(cursor.fetchone())


def _at(agreement: Agreement) -> dict[str, Any]:
    return {"reference": agreement.reference}
