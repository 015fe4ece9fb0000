from __future__ import annotations

from deadlines.views import preferences, undelivered
from parties.models import Role
from parties.url_rows import BOTH, GET, POST, Row, under
from parties.who import EVERYBODY, LOGGED_IN, holders

# Those who see to it that e-mails arrive.
KEEPERS = holders(Role.MANAGER, Role.ADMINISTRATOR)

URLS = [
    # The link of an e-mail: signed, for one person and one purpose.
    Row("mail/<str:token>/", preferences.by_mail, "preferences_by_mail", EVERYBODY, BOTH),
    Row("account/mail/", preferences.of_reader, "preferences", LOGGED_IN, BOTH),
    Row("undelivered/", undelivered.listed, "undelivered", KEEPERS, GET),
    Row("undelivered/<int:pk>/again/", undelivered.again, "undelivered_again", KEEPERS, POST),
    Row("undelivered/<int:pk>/leave/", undelivered.left, "undelivered_left", KEEPERS, POST),
]

urlpatterns = [under("", URLS, namespace="deadlines")]
