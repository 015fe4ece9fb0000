"""How fast the portal is: `make bench`, or `python -m tools.bench --agreements 1000 100000`.

For each number of agreements it makes a database (`manage.py load_scale`), measures there in a
process of its own (`measure.py`), and writes what was found to `docs/speed.md` and, as data,
`docs/speed.json`.

What counts is processor time, of the portal and of PostgreSQL together, because a busy machine
changes it little. Each figure stands beside its limit, measured in the same run: what the same
work takes with nothing of the portal around it.
"""
