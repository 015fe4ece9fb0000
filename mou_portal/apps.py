from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "mou_portal"
