from __future__ import annotations

from deadlines import views
from deadlines.calendars import views as calendars
from parties.url_rows import BOTH, GET, POST, Row, under
from parties.who import EVERYBODY, LOGGED_IN, MAIL_KEEPERS, MEMBERS

_CALENDAR = "account/calendars/<uuid:key>/"

URLS = [
    # What programs read: the secret alone opens it, with the rights of whoever made it.
    Row("feeds/<str:token>.ics", calendars.feed, "feed", EVERYBODY, GET),
    Row("account/calendars/", calendars.calendars, "calendars", MEMBERS, BOTH),
    Row(_CALENDAR, calendars.calendar, "calendar", MEMBERS, GET),
    Row(f"{_CALENDAR}address/", calendars.replaced, "calendar_replaced", MEMBERS, BOTH),
    Row(f"{_CALENDAR}stop/", calendars.stopped, "calendar_stopped", MEMBERS, BOTH),
    # The link of an e-mail: signed, for one person and one purpose.
    Row("mail/<str:token>/", views.preferences_by_mail, "preferences_by_mail", EVERYBODY, BOTH),
    Row("account/mail/", views.preferences_of_reader, "preferences", LOGGED_IN, BOTH),
    Row("undelivered/", views.undelivered_mails, "undelivered", MAIL_KEEPERS, GET),
    Row(
        "undelivered/<int:pk>/again/",
        views.again,
        "undelivered_again",
        MAIL_KEEPERS,
        POST,
    ),
    Row(
        "undelivered/<int:pk>/leave/",
        views.left,
        "undelivered_left",
        MAIL_KEEPERS,
        POST,
    ),
]

urlpatterns = [under("", URLS, namespace="deadlines")]
