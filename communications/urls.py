from __future__ import annotations

from communications.heads_ups.urls import URLS as HEADS_UPS
from communications.services.teams import ANSWERS
from communications.views import drafts, pages, planning, releasing, teams
from mail.links.purposes import opens
from parties.url_rows import BOTH, GET, POST, Row, under
from parties.who import DRAFTERS, MEMBERS

ONE = "<uuid:public_id>/"
DRAFT = f"{ONE}drafts/<int:number>/"
# Whose they are, and to whom a draft is open, is asked by the wall and the services.
URLS = [
    Row("", pages.announcement_list, "list", MEMBERS, GET),
    Row("month/<int:year>/<int:month>/", pages.month, "month", MEMBERS, GET),
    Row("plan/", planning.plan_one, "plan", DRAFTERS, BOTH),
    Row(ONE, pages.announcement, "announcement", MEMBERS, GET),
    Row(f"{ONE}final.pdf", pages.final_file, "final_file", MEMBERS, GET),
    Row(f"{ONE}final/<int:number>.pdf", pages.former_file, "former_file", MEMBERS, GET),
    Row(f"{ONE}correct/", releasing.correct_one, "correct", DRAFTERS, BOTH),
    Row(f"{ONE}edit/", planning.edit_one, "edit", DRAFTERS, BOTH),
    Row(f"{ONE}move/", planning.move_one, "move", DRAFTERS, BOTH),
    Row(f"{ONE}withdraw/", planning.withdraw_one, "withdraw", DRAFTERS, BOTH),
    Row(f"{ONE}release/", releasing.release_one, "release", DRAFTERS, BOTH),
    Row(f"{ONE}share/", drafts.share_draft, "share", DRAFTERS, BOTH),
    Row(f"{ONE}shares/<int:pk>/take-back/", drafts.take_share_back, "take_back", DRAFTERS, BOTH),
    Row(f"{ONE}teams/ask/", teams.ask_one, "team_ask", DRAFTERS, BOTH),
    # Who opens it is noted as having read the draft.
    Row(f"{ONE}teams/<int:pk>/", teams.answer_one, "team_answer", MEMBERS, ("GET", "POST")),
    Row(f"{ONE}teams/<int:pk>/draft.pdf", teams.team_file, "team_file", MEMBERS, ("GET",)),
    Row(f"{ONE}drafts/add/", drafts.add, "draft_add", DRAFTERS, BOTH),
    # Who opens a draft is noted as having read it: nobody looks at its head alone.
    Row(DRAFT, drafts.draft, "draft", MEMBERS, ("GET",)),
    Row(f"{DRAFT}draft.pdf", drafts.draft_file, "draft_file", MEMBERS, ("GET",)),
    Row(f"{DRAFT}acknowledge/", drafts.acknowledge_draft, "acknowledge", MEMBERS, POST),
    Row(f"{DRAFT}comment/", drafts.comment_on_draft, "comment", MEMBERS, POST),
    Row(f"{DRAFT}answer/", drafts.answer_readers, "answer", DRAFTERS, POST),
]

urlpatterns = [
    under("announcements/", URLS, namespace="announcements"),
    under("heads-ups/", HEADS_UPS, namespace="heads_ups"),
]
opens(ANSWERS, teams.answer_link, pdf=teams.link_file)
