from __future__ import annotations

from agreements.associated import views as associated
from agreements.by_hand import views as by_hand
from agreements.changes import views as changes
from agreements.changes.due import ANSWERS_CHANGE
from agreements.contacts import links
from agreements.contacts import views as contacts
from agreements.contacts.asking import CONFIRM
from agreements.contacts.proposed import PROPOSED
from agreements.core.by_link import ANSWERS_COPY, ANSWERS_COPY_CHANGE, ANSWERS_REVIEW
from agreements.data_sharing import views as sharing
from agreements.disposal import views as disposal
from agreements.drafting.views import draft, new
from agreements.emails.urls import URLS as EMAIL_URLS
from agreements.groups.urls import OF_AGREEMENT
from agreements.groups.urls import URLS as GROUP_URLS
from agreements.page import views as page
from agreements.planning import views as planning
from agreements.planning.urls import URLS as DATE_URLS
from agreements.register import answer_views, change_views
from agreements.register import views as register
from agreements.retention import views as retention
from agreements.reviews import views as reviews
from agreements.sheets import views as sheets
from agreements.signing.by_link import SIGN
from agreements.signing.views import asking_by_link, by_link, copies, ending, paper, signing
from agreements.stood import views as stood
from agreements.succession import agreement_views as succession
from agreements.succession.due import ANSWERS_SUCCESSION
from agreements.succession.urls import URLS as SUCCESSION_URLS
from agreements.templates.urls import URLS as TEMPLATE_URLS
from agreements.variations import views as variations
from agreements.versions import deciding
from agreements.versions import views as versions
from mail.links.purposes import opens
from parties.url_rows import BOTH, GET, POST, Row, patterns, under
from parties.who import (
    CONTACT_KEEPERS,
    DATE_KEEPERS,
    DRAFTERS,
    EVERYBODY,
    MANAGERS,
    MEMBERS,
    PAPER_CHECKERS,
    SIGNATORIES,
)

_REF = "<str:reference>/"
_TEXT = f"{_REF}text/"
_VERSION = f"{_REF}versions/<int:seq>/"
_DOCUMENT = f"{_REF}documents/<int:pk>/"
_SHARING = f"{_REF}data-sharing/<int:pk>/"

URLS = [
    Row("", page.agreement_list, "list", MEMBERS, GET),
    # Two ways in: from a template, over a few pages, or from a signed copy, on one.
    Row("new/", new.choose_template, "new", DRAFTERS, BOTH),
    Row("new/signed/", register.register_signed, "register", DRAFTERS, BOTH),
    Row("new/<uuid:key>/parties/", new.parties, "new_parties", DRAFTERS, BOTH),
    Row("new/<uuid:key>/contacts/", new.contacts, "new_contacts", DRAFTERS, BOTH),
    Row("new/<uuid:key>/check/", new.check, "new_check", DRAFTERS, BOTH),
    # The link in an e-mail: signed, for one key contact and one purpose.
    Row("mail/<str:token>/", links.by_mail, "contacts_by_mail", EVERYBODY, BOTH),
    Row("proposed/<str:token>/", links.proposed, "contact_proposed", EVERYBODY, BOTH),
    # One text for many: before the agreement itself, whose reference its address is not.
    *GROUP_URLS,
    # The agreement itself.
    Row(_REF, page.agreement_page, "agreement", MEMBERS, GET),
    *OF_AGREEMENT,
    Row(f"{_REF}stop/", page.stop, "stop", MANAGERS, BOTH),
    Row(f"{_REF}contacts/", contacts.contacts, "contacts", CONTACT_KEEPERS, BOTH),
    Row(f"{_REF}contacts/proposed/<int:pk>/", contacts.proposal, "proposal", CONTACT_KEEPERS, POST),
    Row(
        f"{_REF}contacts/<str:slot>/<str:role>/", contacts.contact, "contact", CONTACT_KEEPERS, BOTH
    ),
    Row(f"{_REF}reminders/", page.reminders, "reminders", MEMBERS, GET),
    Row(f"{_REF}signed.pdf", copies.signed_pdf, "signed_pdf", MEMBERS, GET),
    Row(f"{_REF}registered.pdf", register.registered_pdf, "registered_pdf", MEMBERS, GET),
    Row(
        f"{_REF}registered-as-uploaded.pdf",
        register.registered_original,
        "registered_original",
        MEMBERS,
        GET,
    ),
    Row(f"{_REF}registered/", answer_views.answer, "copy_answer", DRAFTERS, BOTH),
    Row(f"{_REF}registered/correct/", change_views.correct, "copy_correct", DRAFTERS, BOTH),
    Row(f"{_REF}registered/withdraw/", change_views.withdraw, "copy_withdraw", DRAFTERS, BOTH),
    Row(f"{_REF}registered/changes/<int:pk>/", change_views.answer, "copy_change", DRAFTERS, BOTH),
    # The documents that it is read with.
    Row(f"{_REF}documents/add/", associated.add, "document_add", DRAFTERS, BOTH),
    Row(_DOCUMENT, associated.shown, "document", MEMBERS, GET),
    Row(f"{_DOCUMENT}change/", associated.change, "document_change", DRAFTERS, BOTH),
    Row(f"{_DOCUMENT}take-off/", associated.off, "document_off", DRAFTERS, BOTH),
    Row(f"{_DOCUMENT}files/<int:seq>/", associated.file, "document_file", MEMBERS, GET),
    Row(
        f"{_DOCUMENT}files/<int:seq>/as-uploaded/",
        associated.file_as_uploaded,
        "document_original",
        MEMBERS,
        GET,
    ),
    # Records of shared data.
    Row(f"{_REF}data-sharing/add/", sharing.add, "sharing_add", DRAFTERS, BOTH),
    Row(_SHARING, sharing.shown, "sharing", MEMBERS, GET),
    Row(f"{_SHARING}change/", sharing.change, "sharing_change", DRAFTERS, BOTH),
    Row(f"{_SHARING}reviewed/", sharing.reviewed, "sharing_reviewed", DRAFTERS, BOTH),
    Row(f"{_SHARING}end/", sharing.end, "sharing_end", DRAFTERS, BOTH),
    Row(f"{_SHARING}answer/", sharing.answer, "sharing_answer", DRAFTERS, BOTH),
    # Reviews.
    Row(f"{_REF}review/", reviews.record, "review", DRAFTERS, BOTH),
    Row(f"{_REF}reviews/<int:pk>/answer/", reviews.answer, "review_answer", DRAFTERS, BOTH),
    Row(f"{_REF}reviews/<int:pk>/correct/", reviews.correct, "review_correct", DRAFTERS, BOTH),
    # Clauses that no room watches, reviewed by hand.
    Row(f"{_REF}by-hand/", by_hand.say, "by_hand", DRAFTERS, BOTH),
    Row(f"{_REF}by-hand/<int:pk>/take-back/", by_hand.back, "by_hand_back", DRAFTERS, BOTH),
    # Changes, notices and its end.
    Row(f"{_REF}changes/new/variation/", variations.vary, "vary", MANAGERS, BOTH),
    Row(f"{_REF}changes/new/correction/", variations.correct, "correct", MANAGERS, BOTH),
    Row(f"{_REF}changes/new/<slug:slug>/", changes.open_change, "change_open", MANAGERS, BOTH),
    Row(f"{_REF}holds/place/", retention.place, "hold_place", MANAGERS, BOTH),
    Row(f"{_REF}holds/<int:pk>/lift/", retention.lift, "hold_lift", MANAGERS, BOTH),
    Row(f"{_REF}disposal/", disposal.preview, "disposal", MEMBERS, GET),
    Row(f"{_REF}disposal/propose/", disposal.propose, "disposal_propose", MANAGERS, BOTH),
    Row(f"{_REF}keep-longer/", retention.keep_longer, "keep_longer", MANAGERS, BOTH),
    Row(f"{_REF}changes/<int:pk>/", changes.shown, "change", MEMBERS, GET),
    Row(f"{_REF}changes/<int:pk>/answer/", changes.answer, "change_answer", MANAGERS, BOTH),
    Row(f"{_REF}changes/<int:pk>/withdraw/", changes.withdraw, "change_withdraw", MANAGERS, BOTH),
    # Planned back from a date.
    Row(f"{_REF}plan/day/", planning.from_day, "plan_day", MEMBERS, GET),
    Row(f"{_REF}plan/<int:pk>/in/", planning.is_in, "paper_in", DATE_KEEPERS, POST),
    Row(f"{_REF}plan/<int:pk>/not-in/", planning.is_not_in, "paper_not_in", DATE_KEEPERS, POST),
    # Successions of its parties.
    Row(
        f"{_REF}succession/<int:pk>/choose/", succession.choose, "succession_choose", MANAGERS, BOTH
    ),
    Row(
        f"{_REF}succession/<int:pk>/answer/", succession.answer, "succession_answer", DRAFTERS, BOTH
    ),
    # The draft.
    Row(_TEXT, draft.draft, "text", MEMBERS, GET),
    Row(f"{_TEXT}blanks/", draft.blanks, "blanks", DRAFTERS, BOTH),
    Row(f"{_TEXT}terms/", draft.show_terms, "terms", DRAFTERS, GET),
    Row(f"{_TEXT}terms/<slug:part>/", draft.edit_terms, "terms_part", DRAFTERS, BOTH),
    Row(f"{_TEXT}freeze/", versions.freeze_draft, "freeze", MANAGERS, BOTH),
    Row(f"{_TEXT}add/", draft.add_clause, "clause_add", DRAFTERS, BOTH),
    Row(f"{_TEXT}clauses/<slug:key>/", draft.edit_clause, "clause", DRAFTERS, BOTH),
    Row(f"{_TEXT}clauses/<slug:key>/move/", draft.move_clause, "clause_move", DRAFTERS, POST),
    Row(f"{_TEXT}clauses/<slug:key>/remove/", draft.remove_clause, "clause_remove", DRAFTERS, BOTH),
    # Numbered versions.
    Row(_VERSION, versions.version_page, "version", MEMBERS, GET),
    Row(f"{_VERSION}print.pdf", copies.print_version, "print", MEMBERS, GET),
    Row(f"{_VERSION}signed.pdf", copies.signed_version, "signed_version", MEMBERS, GET),
    Row(f"{_REF}compare/<int:older>..<int:newer>/", versions.compare, "compare", MEMBERS, GET),
    Row(f"{_VERSION}send/", versions.send, "send", MANAGERS, BOTH),
    Row(f"{_VERSION}recall/", versions.recall_version, "recall", MANAGERS, BOTH),
    Row(f"{_VERSION}decision/", deciding.decision, "decision", MANAGERS, BOTH),
    # The person named may hold any role; the view lets managers record the word of nobody else.
    Row(f"{_VERSION}changes/", deciding.confirm, "confirm_changes", MEMBERS, BOTH),
    Row(f"{_VERSION}signature/", signing.open_signature, "open_signature", MANAGERS, BOTH),
    Row(
        f"{_VERSION}signature/<int:party>/by-link/",
        asking_by_link.ask,
        "ask_by_link",
        MANAGERS,
        BOTH,
    ),
    # Signatures.
    Row(f"{_REF}sign/<int:pk>/", signing.sign_page, "sign", SIGNATORIES, BOTH),
    Row(f"{_REF}sign/<int:pk>/not-ready/", signing.not_ready, "not_ready", SIGNATORIES, BOTH),
    Row(f"{_REF}sign/<int:pk>/decline/", ending.decline, "decline_to_sign", SIGNATORIES, BOTH),
    Row(
        f"{_REF}sign/<int:pk>/take-back/",
        ending.take_back,
        "withdraw_signature",
        SIGNATORIES,
        BOTH,
    ),
    Row(f"{_REF}sign/<int:pk>/asked/", ending.asked, "asked", MANAGERS, BOTH),
    Row(f"{_REF}sign/<int:pk>/withdraw/", ending.withdraw, "withdraw_request", MANAGERS, BOTH),
    Row(f"{_REF}sign/<int:pk>/link/", asking_by_link.change, "sign_link", MANAGERS, BOTH),
    Row(f"{_REF}sign/<int:pk>/paper/", paper.record, "paper", DRAFTERS, BOTH),
    Row(f"{_REF}paper/<int:pk>/", paper.check, "paper_check", PAPER_CHECKERS, BOTH),
    Row(f"{_REF}paper/<int:pk>/withdraw/", paper.withdraw, "paper_withdraw", DRAFTERS, BOTH),
    Row(f"{_REF}paper/<int:pk>/scan.pdf", paper.scan, "paper_scan", MEMBERS, GET),
    Row(
        f"{_REF}paper/<int:pk>/as-uploaded.pdf",
        paper.scan_as_uploaded,
        "paper_original",
        MEMBERS,
        GET,
    ),
    # As it stood on any day, and on one page.
    Row(f"{_REF}on/", stood.choose_day, "stood_on", MEMBERS, GET),
    Row(f"{_REF}on/<str:day>/", stood.stood, "stood", MEMBERS, GET),
    Row(f"{_REF}on/<str:day>/print.pdf", stood.stood_pdf, "stood_pdf", MEMBERS, GET),
    Row(f"{_REF}on-a-page/", sheets.on_a_page, "on_a_page", MEMBERS, GET),
    Row(f"{_REF}on-a-page/print.pdf", sheets.on_a_page_pdf, "on_a_page_pdf", MEMBERS, GET),
    Row(f"{_REF}handover/", sheets.handover, "handover", MEMBERS, GET),
    Row(f"{_REF}handover/print.pdf", sheets.handover_pdf, "handover_pdf", MEMBERS, GET),
    Row(f"{_REF}handover/note/<str:slot>/", sheets.note, "handover_note", DRAFTERS, BOTH),
    # Its other pages, which the rooms fill: the last, so that a page of its own comes first.
    Row(f"{_REF}history/", page.history, "history", MEMBERS, GET),
    Row(f"{_REF}<slug:key>/", page.subpage, "subpage", MEMBERS, GET),
]

# What the links in e-mails open (record 0052).
opens(ANSWERS_CHANGE, changes.answer_by_link)
opens(ANSWERS_COPY, answer_views.answer_by_link, pdf=answer_views.pdf_by_link)
opens(ANSWERS_COPY_CHANGE, change_views.answer_by_link)
opens(ANSWERS_REVIEW, reviews.answer_by_link)
opens(ANSWERS_SUCCESSION, succession.answer_by_link)
opens(CONFIRM, links.confirm)
opens(PROPOSED, links.answer_proposed)
opens(
    SIGN, by_link.sign, answer=by_link.answer, contacts=by_link.contacts, pdf=by_link.pdf,
    document=by_link.document, withdraw=by_link.withdraw,
)  # fmt: skip

urlpatterns = [
    under("agreements/", URLS, namespace="agreements"),
    under("emails/", EMAIL_URLS, namespace="emails"),
    under("meeting-dates/", DATE_URLS, namespace="planning"),
    under("successions/", SUCCESSION_URLS, namespace="successions"),
    under("templates/", TEMPLATE_URLS, namespace="templates"),
    *patterns([Row("verify/", copies.verify, "verify", EVERYBODY, BOTH)]),
]
