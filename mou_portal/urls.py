from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.contrib import admin
from django.urls import URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from house.apps import RoomConfig
from mou_portal import letting_in, mailbox, views
from parties.url_rows import BOTH, GET, Row, patterns
from parties.who import EVERYBODY, LOGGED_IN, MEMBERS, SUPERUSERS
from web.links import open_link
from web.views import mended_copy

URLS = [
    Row("", views.home, "home", LOGGED_IN, GET),
    Row("acting/", views.choose_acting, "acting", LOGGED_IN, BOTH),
    Row("accessibility/", views.accessibility, "accessibility", EVERYBODY, GET),
    Row("account/", views.account, "account", LOGGED_IN, GET),
    Row("account/let-in/", letting_in.ask, "let_in", EVERYBODY, BOTH),
    Row("account/let-in/<str:token>/", letting_in.open_link, "let_in_link", EVERYBODY, BOTH),
    Row("uploads/<uuid:key>.pdf", mended_copy, "mended_copy", MEMBERS, GET),
    # The links in e-mails, of all rooms: each for one thing (record 0052).
    Row("link/<str:token>/", open_link, "link", EVERYBODY, BOTH),
    Row("link/<str:token>/<slug:name>/", open_link, "link_page", EVERYBODY, BOTH),
    Row("demonstration/mail/", mailbox.messages, "mailbox", SUPERUSERS, GET),
    Row(
        "demonstration/mail/<str:name>/",
        mailbox.message,
        "mailbox_message",
        SUPERUSERS,
        GET,
    ),
]


def _of_rooms() -> Iterator[URLResolver]:
    """The pages of every installed room that has some."""
    for app in apps.get_app_configs():
        if isinstance(app, RoomConfig) and module_has_submodule(app.module, "urls"):
            module = f"{app.name}.urls"
            if module != __name__:
                yield path("", include(module))


urlpatterns = [
    *patterns(URLS),
    path("account/", include("mou_portal.access")),
    *_of_rooms(),
    path("admin/", admin.site.urls),
]

handler400 = "mou_portal.views.bad_request"
handler403 = "mou_portal.views.not_allowed"
handler404 = "mou_portal.views.not_found"
handler429 = "mou_portal.views.too_many"  # django-allauth's limits ask for it
handler500 = "mou_portal.views.failed"
