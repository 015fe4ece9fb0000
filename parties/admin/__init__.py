from parties.admin import absences, bodies, organisations, people, users  # each registers its own
