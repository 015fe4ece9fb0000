"""Django admin, for system administrators, behind the portal's own log-in."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


class PortalAdminConfig(AdminConfig):
    default_site = "mou_portal.admin_site.PortalAdminSite"

    def ready(self) -> None:
        super().ready()
        # Imported late: it needs the models of every room.
        from mou_portal.administration import set_up

        set_up()


class PortalAdminSite(AdminSite):
    site_header = "MoU portal: administration"
    site_title = "MoU portal"
    index_title = "What the portal holds"
    site_url = "/"

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one log-in path. Whoever gets here lacks the right: the portal says so."""
        raise PermissionDenied
