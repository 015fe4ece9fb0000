from house.apps import RoomConfig


class DocumentsConfig(RoomConfig):
    name = "documents"
