from __future__ import annotations

from django.urls import URLPattern, path

from communications.views import announcement, drafts, lists, outcomes, planning, sharing

app_name = "announcements"
ONE = "<uuid:public_id>/"
DRAFT = f"{ONE}drafts/<int:number>/"
urlpatterns: list[URLPattern] = [
    path("", lists.announcement_list, name="list"),
    path("month/<int:year>/<int:month>/", lists.month, name="month"),
    path("plan/", planning.plan_one, name="plan"),
    path(ONE, announcement.announcement, name="announcement"),
    path(f"{ONE}final.pdf", announcement.final_file, name="final_file"),
    path(f"{ONE}edit/", planning.edit_one, name="edit"),
    path(f"{ONE}move/", outcomes.move_one, name="move"),
    path(f"{ONE}withdraw/", outcomes.withdraw_one, name="withdraw"),
    path(f"{ONE}release/", outcomes.release_one, name="release"),
    path(f"{ONE}share/", sharing.share_draft, name="share"),
    path(f"{ONE}shares/<int:pk>/take-back/", sharing.take_share_back, name="take_back"),
    path(f"{ONE}drafts/add/", drafts.add, name="draft_add"),
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}draft.pdf", drafts.draft_file, name="draft_file"),
    path(f"{DRAFT}acknowledge/", drafts.acknowledge_draft, name="acknowledge"),
    path(f"{DRAFT}comment/", drafts.comment_on_draft, name="comment"),
    path(f"{DRAFT}answer/", drafts.answer_readers, name="answer"),
]
