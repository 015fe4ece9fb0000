from __future__ import annotations

from agreements.core.by_link import RAISES
from mail.links.purposes import opens, opens_below
from parties.url_rows import BOTH, GET, Row, under
from parties.who import MEMBERS, RECORDERS
from performance.by_link import ANSWERS, GIVES_VIEW
from performance.views import by_link, consulting, ending, pages, saying, steps

ONE = "<uuid:key>/"

URLS = [
    Row("", pages.request_list, "list", MEMBERS, GET),
    Row("new/<str:reference>/", pages.new_request, "new", RECORDERS, BOTH),
    Row("consult/<str:reference>/", pages.new_consultation, "consult", RECORDERS, BOTH),
    Row(ONE, pages.request_page, "request", MEMBERS, GET),
    # Whoever is named to answer may do so in any role: the views ask.
    Row(f"{ONE}acknowledge/", steps.acknowledge, "acknowledge", MEMBERS, BOTH),
    Row(f"{ONE}news/", steps.news, "update", MEMBERS, BOTH),
    Row(f"{ONE}answer/", steps.answer, "answer", MEMBERS, BOTH),
    Row(f"{ONE}leave-out/", steps.exclude, "exclude", MEMBERS, BOTH),
    Row(f"{ONE}pause/", steps.pause, "pause", MEMBERS, BOTH),
    Row(f"{ONE}resume/", steps.resume, "resume", MEMBERS, BOTH),
    Row(f"{ONE}extent/", saying.extent, "extent", MEMBERS, BOTH),
    Row(f"{ONE}person/", saying.person, "person", MEMBERS, BOTH),
    Row(f"{ONE}steps/<int:pk>/", saying.say, "say", RECORDERS, BOTH),
    Row(f"{ONE}reopen/", ending.reopen, "reopen", MEMBERS, BOTH),
    Row(f"{ONE}withdraw/", ending.withdraw, "withdraw", RECORDERS, BOTH),
    Row(f"{ONE}error/", ending.error, "error", RECORDERS, BOTH),
    Row(f"{ONE}view/", consulting.view, "view", RECORDERS, BOTH),
    Row(f"{ONE}decide/", consulting.decide, "decide", MEMBERS, BOTH),
    Row(f"{ONE}unclear/", consulting.unclear, "unclear", MEMBERS, BOTH),
    Row(f"{ONE}clarified/", consulting.clarified, "clarified", MEMBERS, BOTH),
    Row(f"{ONE}extend/", consulting.extend, "extend", MEMBERS, BOTH),
]

# What links in e-mails open (record 0052).
opens(ANSWERS, by_link.answer_request)
opens(GIVES_VIEW, by_link.view)
opens_below(RAISES, ask=by_link.ask)

urlpatterns = [under("requests/", URLS, namespace="requests")]
