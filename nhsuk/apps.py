from house.apps import RoomConfig


class NhsukConfig(RoomConfig):
    name = "nhsuk"
