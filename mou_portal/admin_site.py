"""Django admin, for system administrators, behind the portal's own log-in."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class PortalAdminConfig(AdminConfig):
    default_site = "mou_portal.admin_site.PortalAdminSite"


class PortalAdminSite(AdminSite):
    site_header = "MoU portal: administration"
    site_title = "MoU portal"
    index_title = "What the portal holds"

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one log-in path. Whoever gets here lacks the right: the portal says so."""
        return redirect("home")
