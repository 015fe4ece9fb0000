from __future__ import annotations

from django.urls import path

from escalations.views import acts, disagreement, lists, notes

app_name = "escalations"
ONE = "<str:reference>/<int:number>/"

urlpatterns = [
    path("", lists.disagreement_list, name="list"),
    path("<str:reference>/open/", disagreement.open_one, name="open"),
    path(ONE, disagreement.disagreement, name="disagreement"),
    path(f"{ONE}wanted/", notes.wanted, name="wanted"),
    path(f"{ONE}propose/", acts.propose_it, name="propose"),
    path(f"{ONE}proposals/<int:pk>/accept/", acts.accept_it, name="accept"),
    path(f"{ONE}next-level/", acts.take_it_up, name="take_up"),
    path(f"{ONE}levels/<slug:level>/people/", notes.people, name="people"),
    path(f"{ONE}advice/", acts.ask_for_advice, name="advice"),
    path(f"{ONE}advice/<int:pk>/answer/", notes.advice_answer, name="answer"),
    path(f"{ONE}notes/", notes.note, name="note"),
    path(f"{ONE}notes/<int:pk>/share/", notes.share, name="share"),
    path(f"{ONE}withdraw/", disagreement.withdraw_it, name="withdraw"),
]
