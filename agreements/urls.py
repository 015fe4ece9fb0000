from __future__ import annotations

from django.urls import path

from agreements.contacts.views import confirming
from agreements.contacts.views import naming as contacts
from agreements.drafting.views import clauses, new, text
from agreements.page.views import agreement, lists, reminders
from agreements.register import views as register
from agreements.reviews import views as reviews
from agreements.signing.views import asking, copies, paper, signing
from agreements.versions.views import approvals, versions

app_name = "agreements"

_REF = "<str:reference>/"
_TEXT = f"{_REF}text/"
_VERSION = f"{_REF}versions/<int:seq>/"

urlpatterns = [
    path("", lists.agreement_list, name="list"),
    # Two ways in: from a template, over a few pages, or from a signed copy, on one.
    path("new/", new.choose_template, name="new"),
    path("new/signed/", register.register_signed, name="register"),
    path("new/<uuid:key>/parties/", new.parties, name="new_parties"),
    path("new/<uuid:key>/contacts/", new.contacts, name="new_contacts"),
    path("new/<uuid:key>/check/", new.check, name="new_check"),
    # The link in an e-mail to a key contact.
    path("mail/<str:token>/", confirming.by_mail, name="contacts_by_mail"),
    # The agreement itself.
    path(_REF, agreement.agreement_page, name="agreement"),
    path(f"{_REF}stop/", agreement.stop, name="stop"),
    path(f"{_REF}contacts/", confirming.contacts, name="contacts"),
    path(f"{_REF}contacts/<str:slot>/<str:role>/", contacts.contact, name="contact"),
    path(f"{_REF}reminders/", reminders.reminders, name="reminders"),
    path(f"{_REF}signed.pdf", copies.signed_pdf, name="signed_pdf"),
    path(f"{_REF}registered.pdf", register.registered_pdf, name="registered_pdf"),
    path(f"{_REF}registered/", register.answer, name="copy_answer"),
    # Reviews.
    path(f"{_REF}review/", reviews.record, name="review"),
    path(f"{_REF}reviews/<int:pk>/answer/", reviews.answer, name="review_answer"),
    path(f"{_REF}reviews/<int:pk>/correct/", reviews.correct, name="review_correct"),
    # The draft.
    path(_TEXT, text.draft, name="text"),
    path(f"{_TEXT}blanks/", text.blanks, name="blanks"),
    path(f"{_TEXT}terms/", text.terms, name="terms"),
    path(f"{_TEXT}freeze/", versions.freeze_draft, name="freeze"),
    path(f"{_TEXT}add/", clauses.add, name="clause_add"),
    path(f"{_TEXT}clauses/<slug:key>/", clauses.edit, name="clause"),
    path(f"{_TEXT}clauses/<slug:key>/move/", clauses.move, name="clause_move"),
    path(f"{_TEXT}clauses/<slug:key>/remove/", clauses.remove, name="clause_remove"),
    # Numbered versions.
    path(_VERSION, versions.version_page, name="version"),
    path(f"{_VERSION}print.pdf", copies.print_version, name="print"),
    path(f"{_REF}compare/<int:older>..<int:newer>/", versions.compare, name="compare"),
    path(f"{_VERSION}send/", versions.send, name="send"),
    path(f"{_VERSION}recall/", versions.recall_version, name="recall"),
    path(f"{_VERSION}decision/", approvals.decision, name="decision"),
    path(f"{_VERSION}changes/", approvals.confirm, name="confirm_changes"),
    path(f"{_VERSION}signature/", asking.open_signature, name="open_signature"),
    # Signatures.
    path(f"{_REF}sign/<int:pk>/", signing.sign_page, name="sign"),
    path(f"{_REF}sign/<int:pk>/not-ready/", signing.not_ready, name="not_ready"),
    path(f"{_REF}sign/<int:pk>/paper/", paper.record, name="paper"),
    path(f"{_REF}paper/<int:pk>/", paper.check, name="paper_check"),
    path(f"{_REF}paper/<int:pk>/scan.pdf", paper.scan, name="paper_scan"),
]
