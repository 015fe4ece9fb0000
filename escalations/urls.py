from __future__ import annotations

from agreements.core.by_link import RAISES
from escalations.by_link import ANSWERS
from escalations.concerns.by_link import READS
from escalations.concerns.views import actions as concern_actions
from escalations.concerns.views import acts as concern_acts
from escalations.concerns.views import by_link as concern_by_link
from escalations.concerns.views import pages as concern_pages
from escalations.views import acts, bringing_in, by_link, pages
from mail.links.purposes import opens
from parties.url_rows import BOTH, GET, Row, under
from parties.who import DRAFTERS, MANAGERS, MEMBERS

ONE = "<str:reference>/<int:number>/"

URLS = [
    Row("", pages.disagreement_list, "list", MEMBERS, GET),
    Row("<str:reference>/open/", pages.open_one, "open", DRAFTERS, BOTH),
    Row(ONE, pages.disagreement, "disagreement", MEMBERS, GET),
    # Those at the level act, and those below add notes, whatever their role: the views ask.
    Row(f"{ONE}wanted/", acts.wanted, "wanted", MEMBERS, BOTH),
    Row(f"{ONE}propose/", acts.propose_it, "propose", MEMBERS, BOTH),
    Row(f"{ONE}proposals/<int:pk>/accept/", acts.accept_it, "accept", MEMBERS, BOTH),
    Row(f"{ONE}next-level/", acts.take_it_up, "take_up", MEMBERS, BOTH),
    Row(f"{ONE}levels/<slug:level>/people/", pages.people, "people", MANAGERS, BOTH),
    Row(f"{ONE}parties/", bringing_in.bring_them_in, "bring_in", MEMBERS, BOTH),
    Row(f"{ONE}advice/", acts.ask_for_advice, "advice", MEMBERS, BOTH),
    Row(f"{ONE}advice/<int:pk>/answer/", acts.advice_answer, "answer", MEMBERS, BOTH),
    Row(f"{ONE}notes/", acts.note, "note", MEMBERS, BOTH),
    Row(f"{ONE}notes/<int:pk>/share/", acts.share, "share", MEMBERS, BOTH),
    Row(f"{ONE}withdraw/", acts.withdraw_it, "withdraw", MEMBERS, BOTH),
]

_CONCERN = "<uuid:key>/"
# Whom a concern names reads it in any role, and nobody else: the views ask (record 0078).
CONCERNS = [
    Row("", concern_pages.concern_list, "list", MEMBERS, GET),
    Row("<str:reference>/open/", concern_pages.open_one, "open", DRAFTERS, BOTH),
    Row(_CONCERN, concern_pages.concern, "concern", MEMBERS, GET),
    Row(f"{_CONCERN}decide/", concern_acts.decide, "decide", MEMBERS, BOTH),
    Row(f"{_CONCERN}take-back/", concern_acts.take_back, "take_back", MEMBERS, BOTH),
    Row(f"{_CONCERN}notes/", concern_acts.note, "note", MEMBERS, BOTH),
    Row(f"{_CONCERN}readers/", concern_acts.name, "name", MEMBERS, BOTH),
    Row(f"{_CONCERN}readers/<int:pk>/end/", concern_acts.end, "end", MEMBERS, BOTH),
    Row(f"{_CONCERN}actions/", concern_actions.new, "new_action", MEMBERS, BOTH),
    Row(f"{_CONCERN}actions/<int:number>/plan/", concern_actions.plan, "plan_action", MEMBERS,
        BOTH),
    Row(f"{_CONCERN}actions/<int:number>/close/", concern_actions.close, "close_action", MEMBERS,
        BOTH),
    Row(f"{_CONCERN}close/", concern_acts.close, "close", MEMBERS, BOTH),
    Row(f"{_CONCERN}reopen/", concern_acts.reopen, "reopen", MEMBERS, BOTH),
    Row(f"{_CONCERN}error/", concern_acts.error, "error", MEMBERS, BOTH),
]  # fmt: skip

# What links in e-mails open (record 0052).
opens(RAISES, by_link.raise_issue)
opens(ANSWERS, by_link.answer_issue)
opens(READS, concern_by_link.read_concern)

urlpatterns = [
    under("escalations/", URLS, namespace="escalations"),
    under("concerns/", CONCERNS, namespace="concerns"),
]
