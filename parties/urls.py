from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from parties.views import absences, bodies, invitations, organisations, people, teams, uploads

app_name = "parties"

_person = [
    path("", people.person, name="person"),
    path("edit/", people.edit, name="person_edit"),
    path("posts/add/", people.post_add, name="post_add"),
    path("posts/<int:post_pk>/end/", people.post_end, name="post_end"),
    path("roles/", people.roles, name="roles"),
    path("invite/", people.invite, name="invite"),
    path("away/", absences.of_person, name="person_away"),
    path("leaves/", people.leaves, name="leaves"),
]
_team = [
    path("", teams.team, name="team"),
    path("edit/", teams.edit, name="team_edit"),
    path("members/add/", teams.member_add, name="member_add"),
    path("members/<int:member_pk>/end/", teams.member_end, name="member_end"),
]
_body = [
    path("", bodies.body, name="body"),
    path("edit/", bodies.edit, name="body_edit"),
    path("seats/add/", bodies.seat_add, name="seat_add"),
    path("seats/<int:seat_pk>/", bodies.seat_hand_over, name="seat"),
    path("seats/<int:seat_pk>/end/", bodies.seat_end, name="seat_end"),
]
_organisation: list[URLPattern | URLResolver] = [
    path("", organisations.organisation, name="organisation"),
    path("name/", organisations.name, name="name"),
    path("people/add/", people.add, name="person_add"),
    path("people/upload/", uploads.people, name="people_upload"),
    path("people/<int:person_pk>/", include(_person)),
    path("invitations/<int:invitation_pk>/withdraw/", invitations.withdrawn, name="withdraw"),
    path("invitations/<int:invitation_pk>/again/", invitations.again, name="invite_again"),
    path("teams/add/", teams.add, name="team_add"),
    path("teams/<int:team_pk>/", include(_team)),
    path("bodies/add/", bodies.add, name="body_add"),
    path("bodies/<int:body_pk>/", include(_body)),
]

urlpatterns = [
    path("organisations/", organisations.organisations, name="list"),
    path("organisations/<int:pk>/", include(_organisation)),
    path("account/away/", absences.own, name="away"),
    path("invitation/", invitations.accept, name="accept"),
    path("invitation/<str:token>/", invitations.opened, name="invitation"),
]
