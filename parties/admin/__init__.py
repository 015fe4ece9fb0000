from parties.admin import absences, bodies, organisations, people, users  # noqa: F401 - each registers its own
