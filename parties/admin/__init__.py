from parties.admin import bodies, organisations, people, users  # noqa: F401 - each registers its own
