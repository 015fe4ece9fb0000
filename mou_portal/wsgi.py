import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mou_portal.settings")

application = get_wsgi_application()
# Loads every view now, once for all the processes of a server: the first visitor does not wait.
get_resolver().url_patterns  # noqa: B018
