"""A data set for measuring: as many agreements as one asks for, like those that the services write.

The services make one pattern of each kind of agreement (`patterns.py`), in a transaction that is
rolled back. Meanwhile each table counts from a number of its own (`numbers.py`), so that every
mention of a row, in a foreign key, in history, in JSON or inside a word such as "agreement:17", is
known by its number alone. What the database says of a pattern becomes a sheet with blanks
(`sheets.py`): numbers, dates, names, keys, hashes. Each sheet is filled in as often as needed and
poured in with COPY (`pouring.py`), which writes a hundred thousand agreements in minutes.

So a new table, column or room needs nothing here, as long as the patterns make some of it.
"""
