from house.apps import RoomConfig


class PortalConfig(RoomConfig):
    name = "mou_portal"
    registers = ("daily", "database_roles", "letting_in")
