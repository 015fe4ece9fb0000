"""Which small faults in the rules the tests would see: `make mutants`.

mutmut puts one fault after another into the functions of an area (`areas.py`), and runs the area's
own tests against each, in a process of its own (`one.py`). What survives is a test that is missing,
or code that nobody needs. Faults in the words of a message do not count (`kinds.py`).

mutmut leaves alone what is decorated (but for static and class methods) and what stands outside
functions: tables of transitions and constants are tried by hand.
"""
