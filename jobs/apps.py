from house.apps import RoomConfig


class JobsConfig(RoomConfig):
    name = "jobs"
