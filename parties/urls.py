from __future__ import annotations

from parties.url_rows import BOTH, GET, POST, Row, under
from parties.views import (
    absences,
    addresses,
    bringing_in,
    groups,
    invitations,
    leaving,
    organisations,
    people,
    uploads,
)
from parties.who import ADDRESS_KEEPERS, ADMINISTRATORS, EVERYBODY, MEMBERS, SUPERUSERS

_ORGANISATION = "organisations/<int:pk>/"
_PERSON = f"{_ORGANISATION}people/<int:person_pk>/"
_INVITATION = f"{_ORGANISATION}invitations/<int:invitation_pk>/"
_TEAM = f"{_ORGANISATION}teams/<int:team_pk>/"
_MEMBER_END = f"{_TEAM}members/<int:member_pk>/end/"
_BODY = f"{_ORGANISATION}bodies/<int:body_pk>/"

URLS = [
    Row("organisations/", organisations.organisations, "list", MEMBERS, GET),
    Row("organisations/bring-in/", bringing_in.bring_in_one, "bring_in", SUPERUSERS, BOTH),
    Row(f"{_ORGANISATION}first/", bringing_in.first_person, "first_person", SUPERUSERS, BOTH),
    Row(_ORGANISATION, organisations.organisation, "organisation", MEMBERS, GET),
    Row(f"{_ORGANISATION}name/", organisations.name, "name", ADMINISTRATORS, BOTH),
    Row(f"{_ORGANISATION}people/add/", people.add, "person_add", ADMINISTRATORS, BOTH),
    Row(f"{_ORGANISATION}people/upload/", uploads.upload, "people_upload", ADMINISTRATORS, BOTH),
    Row(f"{_ORGANISATION}people/sample.csv", uploads.sample, "people_sample", ADMINISTRATORS, GET),
    Row(_PERSON, people.person, "person", ADMINISTRATORS, GET),
    Row(f"{_PERSON}edit/", people.edit, "person_edit", ADMINISTRATORS, BOTH),
    Row(f"{_PERSON}posts/add/", people.post_add, "post_add", ADMINISTRATORS, BOTH),
    Row(f"{_PERSON}posts/<int:post_pk>/end/", people.post_end, "post_end", ADMINISTRATORS, BOTH),
    Row(f"{_PERSON}roles/", people.roles, "roles", ADMINISTRATORS, BOTH),
    Row(f"{_PERSON}invite/", people.invite, "invite", ADMINISTRATORS, BOTH),
    Row(f"{_PERSON}away/", absences.of_person, "person_away", ADMINISTRATORS, BOTH),
    Row(f"{_PERSON}leaves/", leaving.leaves, "leaves", ADMINISTRATORS, BOTH),
    Row(f"{_ORGANISATION}left/<int:departure_pk>/", leaving.departure, "departure", MEMBERS, GET),
    Row(f"{_INVITATION}withdraw/", invitations.withdrawn, "withdraw", ADMINISTRATORS, POST),
    Row(f"{_INVITATION}again/", invitations.again, "invite_again", ADMINISTRATORS, POST),
    Row(f"{_ORGANISATION}teams/add/", groups.team_add, "team_add", ADMINISTRATORS, BOTH),
    Row(_TEAM, groups.team, "team", ADMINISTRATORS, GET),
    Row(f"{_TEAM}edit/", groups.team_edit, "team_edit", ADMINISTRATORS, BOTH),
    Row(f"{_TEAM}members/add/", groups.member_add, "member_add", ADMINISTRATORS, BOTH),
    Row(
        f"{_TEAM}members/<int:member_pk>/end/",
        groups.member_end,
        "member_end",
        ADMINISTRATORS,
        POST,
    ),
    Row(f"{_ORGANISATION}bodies/add/", groups.body_add, "body_add", ADMINISTRATORS, BOTH),
    Row(_BODY, groups.body, "body", ADMINISTRATORS, GET),
    Row(f"{_BODY}edit/", groups.body_edit, "body_edit", ADMINISTRATORS, BOTH),
    Row(f"{_BODY}seats/add/", groups.seat_add, "seat_add", ADMINISTRATORS, BOTH),
    Row(f"{_BODY}seats/<int:seat_pk>/", groups.seat_hand_over, "seat", ADMINISTRATORS, BOTH),
    Row(f"{_BODY}seats/<int:seat_pk>/end/", groups.seat_end, "seat_end", ADMINISTRATORS, POST),
    # Addresses of people without an account who are asked to sign, and a colleague's look at them.
    Row("addresses/", addresses.listed, "addresses", ADDRESS_KEEPERS, GET),
    Row("addresses/add/", addresses.add, "address_add", ADDRESS_KEEPERS, BOTH),
    Row("addresses/look-through/", addresses.look, "addresses_look", ADDRESS_KEEPERS, BOTH),
    Row("addresses/<int:pk>/end/", addresses.end, "address_end", ADDRESS_KEEPERS, POST),
    Row("account/away/", absences.own, "away", MEMBERS, BOTH),
    Row("invitation/", invitations.accept, "accept", EVERYBODY, BOTH),
    Row("invitation/<str:token>/", invitations.opened, "invitation", EVERYBODY, GET),
]

urlpatterns = [under("", URLS, namespace="parties")]
