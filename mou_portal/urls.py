from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from agreements.signing.views import verify
from mou_portal import mailbox, views

urlpatterns = [
    path("", views.home, name="home"),
    path("acting/", views.choose_acting, name="acting"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("account/", views.account, name="account"),
    path("account/", include("mou_portal.account_urls")),
    path("", include("parties.urls")),
    path("demonstration/mail/", mailbox.messages, name="mailbox"),
    path("demonstration/mail/<str:name>/", mailbox.message, name="mailbox_message"),
    path("announcements/", include("communications.urls")),
    path("meetings/", include("meetings.urls")),
    path("escalations/", include("escalations.urls")),
    path("commitments/", include("commitments.urls")),
    path("agreements/", include("agreements.urls")),
    path("", include("deadlines.urls")),
    path("templates/", include("agreements.template_urls")),
    path("verify/", verify.verify, name="verify"),
    path("admin/", admin.site.urls),
]

handler400 = "mou_portal.errors.bad_request"
handler403 = "mou_portal.errors.not_allowed"
handler404 = "mou_portal.errors.not_found"
handler429 = "mou_portal.errors.too_many"  # django-allauth's limits ask for it
handler500 = "mou_portal.errors.failed"
