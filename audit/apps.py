from house.apps import RoomConfig


class AuditConfig(RoomConfig):
    name = "audit"
