from __future__ import annotations

from mail.links.purposes import opens
from parties.url_rows import BOTH, GET, POST, Row, under
from parties.who import DRAFTERS, MANAGERS, MEMBERS, RECORDERS
from reports.by_link import REMARKS
from reports.views import acts, assuring, by_link, pages

_KEY = "<uuid:key>/"
_ASSURANCE = "assurance/<uuid:key>/"

URLS = [
    Row("", pages.report_list, "list", MEMBERS, GET),
    Row("new/", acts.new_of_several, "new_of_several", DRAFTERS, BOTH),
    Row("new/<str:reference>/", acts.new_of_one, "new_of_one", DRAFTERS, BOTH),
    Row("assurance/", assuring.new, "assure", RECORDERS, BOTH),
    Row(_ASSURANCE, assuring.page, "assurance", MEMBERS, GET),
    Row(f"{_ASSURANCE}report.pdf", assuring.pdf, "assurance_pdf", MEMBERS, GET),
    Row(f"{_ASSURANCE}register.xlsx", assuring.workbook, "assurance_workbook", MEMBERS, GET),
    Row(_KEY, pages.report_page, "report", MEMBERS, GET),
    Row(f"{_KEY}report.pdf", pages.report_pdf, "pdf", MEMBERS, GET),
    Row(f"{_KEY}report.xlsx", pages.report_workbook, "workbook", MEMBERS, GET),
    # Its own organisation leads it.
    Row(f"{_KEY}edit/", acts.edit, "edit", DRAFTERS, BOTH),
    Row(f"{_KEY}count/", acts.count, "count", DRAFTERS, POST),
    Row(f"{_KEY}send/", acts.send, "send", MANAGERS, BOTH),
    Row(f"{_KEY}finish/", acts.finish, "finish", MANAGERS, POST),
    Row(f"{_KEY}take-back/", acts.take_back, "take_back", MANAGERS, BOTH),
    Row(f"{_KEY}edition/", acts.edition, "edition", DRAFTERS, BOTH),
    Row(f"{_KEY}give-up/", acts.give_up, "give_up", DRAFTERS, POST),
    # The other parties.
    Row(f"{_KEY}remark/", acts.remark, "remark", DRAFTERS, BOTH),
]

# What links in e-mails open (record 0052).
opens(REMARKS, by_link.read_and_remark, pdf=by_link.read_pdf)

urlpatterns = [under("reports/", URLS, namespace="reports")]
