from house.apps import RoomConfig


class WebConfig(RoomConfig):
    name = "web"
