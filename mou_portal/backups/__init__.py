"""Back-up and restore of the whole portal, and the check of everything that it keeps.

One archive holds the database and the stored files. Nothing of it is believed before all of it is
checked (record 0035), and a restored portal sends no e-mail until an administrator lets it (0034).
"""
