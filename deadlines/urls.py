from __future__ import annotations

from deadlines import views
from parties.url_rows import BOTH, GET, POST, Row, under
from parties.who import EVERYBODY, LOGGED_IN, MAIL_KEEPERS

URLS = [
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
