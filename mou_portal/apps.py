from house.apps import RoomConfig


class PortalConfig(RoomConfig):
    name = "mou_portal"
    registers = ("checks", "letting_in", "daily")
