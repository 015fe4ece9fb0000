from __future__ import annotations

from communications.heads_ups.services.answering import READS
from communications.heads_ups.views import committees, feedback, giving, pages, telling
from mail.links.purposes import opens
from parties.url_rows import BOTH, GET, POST, Row
from parties.who import DRAFTERS, MEMBERS

ONE = "<uuid:public_id>/"
# Whose they are, and who was told, is asked by the wall and the services.
URLS = [
    Row("", pages.heads_up_list, "list", MEMBERS, GET),
    Row("give/", giving.give_one, "give", DRAFTERS, BOTH),
    Row("sent-first/", giving.give_late, "sent_first", DRAFTERS, BOTH),
    Row("feedback/<str:reference>/", feedback.give_one, "feedback", DRAFTERS, BOTH),
    Row("committees/", committees.committee_list, "committees", MEMBERS, GET),
    Row("committees/add/", committees.add, "committee_add", DRAFTERS, BOTH),
    Row("committees/<int:pk>/", committees.change, "committee_change", DRAFTERS, BOTH),
    Row("committees/<int:pk>/end/", committees.end, "committee_end", DRAFTERS, BOTH),
    # Who opens it is noted as having read it: nobody looks at its head alone.
    Row(ONE, pages.heads_up, "heads_up", MEMBERS, ("GET",)),
    Row(f"{ONE}acknowledge/", pages.acknowledge_one, "acknowledge", MEMBERS, POST),
    Row(f"{ONE}sent/", giving.sent_one, "sent", DRAFTERS, BOTH),
    Row(f"{ONE}move/", giving.move_one, "move", DRAFTERS, BOTH),
    Row(f"{ONE}withdraw/", giving.withdraw_one, "withdraw", DRAFTERS, BOTH),
    Row(f"{ONE}take-back/", feedback.take_back, "take_back", DRAFTERS, BOTH),
    Row(f"{ONE}tell/", telling.tell_rest, "tell", DRAFTERS, POST),
    Row(f"{ONE}told/<int:pk>/", telling.told_one, "told", DRAFTERS, BOTH),
]
opens(READS, pages.read_by_link)
