from parties.admin import organisations, people  # each registers its own
