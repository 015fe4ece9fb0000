# Everything from a fresh checkout: `make run` to try the portal out, `make test` to test it.

PYTHON ?= python3
VENV := .venv/bin
COMPILE := ../$(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-emit-index-url --no-emit-find-links

.PHONY: run test bench proof mutants lint format requirements help

help:
	@echo "make run    the portal at http://127.0.0.1:8000 with demonstration data"
	@echo "make test   the whole test suite, browser included"
	@echo "make bench  how fast it is, at AGREEMENTS=\"1000 100000\" (needs PostgreSQL)"
	@echo "make proof  what survives faults, races and bad input, in full size (needs PostgreSQL, Redis)"
	@echo "make mutants  which small faults the tests see, in AREAS=\"walls signing\" (hours)"
	@echo "make lint   style, types, import rules, migrations"

# Another address than the usual: links, too, lead there.
ifdef BIND
run: export SITE_URL ?= http://$(BIND)
endif

run:
	@$(PYTHON) -m tools.free_address
	@$(PYTHON) -m tools.prepare
	@$(VENV)/python manage.py set_up --demo
	@$(VENV)/honcho start

test:
	@$(PYTHON) -m tools.prepare --dev
	@$(VENV)/python tools/run_tests.py

bench:
	@$(PYTHON) -m tools.prepare --dev
	@$(VENV)/python -m tools.bench --agreements $(or $(AGREEMENTS),1000 100000)

proof:
	@$(PYTHON) -m tools.prepare --dev
	@$(VENV)/python -m tools.proof $(PROMISES)

mutants:
	@$(PYTHON) -m tools.prepare --dev
	@$(VENV)/python -m tools.mutants $(AREAS) --at-most $(or $(AT_MOST),150) --seed $(or $(SEED),1)

lint:
	@$(PYTHON) -m tools.prepare --dev
	@$(VENV)/python tools/lint.py

format:
	@$(VENV)/ruff format . && $(VENV)/ruff check --fix --quiet .

# After a change in requirements/*.in. Neither an index nor a link is written into the files.
requirements:
	@$(VENV)/python -m pip install --quiet uv
	@cd requirements && for part in base dev node; do $(COMPILE) $$part.in --output-file $$part.txt; done
	@cd requirements && $(COMPILE) --no-emit-package psycopg2-binary production.in \
	  --output-file production.txt
