from __future__ import annotations

from agreements.groups.views import grid, leaving, preparing, signing, uploading
from agreements.versions.services.leaving import DECLINERS
from parties.url_rows import BOTH, GET, POST, Row
from parties.who import DRAFTERS, MANAGERS, MEMBERS, SIGNATORIES

_KEY = "groups/<uuid:key>/"
_LINE = f"{_KEY}lines/<int:pk>/"
_JOB = f"{_KEY}jobs/<uuid:job>/"

URLS = [
    Row("groups/", grid.groups, "groups", MEMBERS, GET),
    Row("groups/new/", preparing.begin, "group_begin", DRAFTERS, BOTH),
    Row(_KEY, grid.group, "group", MEMBERS, GET),
    # While it is prepared: to whom it goes, and with what in its blanks.
    Row(f"{_KEY}choose/", preparing.choose, "group_choose", DRAFTERS, BOTH),
    Row(f"{_KEY}upload/", uploading.upload, "group_upload", DRAFTERS, BOTH),
    Row(f"{_KEY}sample.csv", uploading.sample, "group_sample", DRAFTERS, GET),
    Row(f"{_KEY}blanks/", preparing.fill_in, "group_blanks", DRAFTERS, BOTH),
    Row(f"{_LINE}remove/", preparing.take_out, "group_take_out", DRAFTERS, POST),
    Row(f"{_KEY}send/", preparing.send, "group_send", MANAGERS, POST),
    # Once it is sent.
    Row(f"{_KEY}answer/", grid.answer, "group_answer", MANAGERS, BOTH),
    Row(f"{_KEY}decision/", grid.decision, "group_decision", MANAGERS, BOTH),
    Row(f"{_KEY}number/", grid.number, "group_number", MANAGERS, POST),
    Row(f"{_KEY}signatory/", grid.signatory, "group_signatory", MANAGERS, BOTH),
    Row(f"{_KEY}sign/", signing.sign_page, "group_sign", SIGNATORIES, BOTH),
    Row(f"{_KEY}links/", grid.by_link, "group_links", MANAGERS, POST),
    Row(f"{_KEY}chase/", grid.chase, "group_chase", MANAGERS, POST),
    Row(f"{_KEY}zip/", grid.zip_all, "group_zip", MEMBERS, POST),
    Row(_JOB, grid.job_page, "group_job", MEMBERS, GET),
    Row(f"{_JOB}again/", grid.job_again, "group_job_again", MANAGERS, POST),
    Row(f"{_JOB}file/", grid.job_file, "group_job_file", MEMBERS, GET),
    Row(f"{_LINE}opt-out/", leaving.opt_out, "group_opt_out", MANAGERS, BOTH),
    Row(f"{_LINE}opt-out/answer/", leaving.opt_out_answer, "group_opt_out_answer", MANAGERS, BOTH),
]
# Of whoever got it: below the address of the agreement.
OF_AGREEMENT = [Row("<str:reference>/decline/", leaving.decline_page, "decline", DECLINERS, BOTH)]
