# The entrance. `make run` and `make test` need nothing installed beforehand but Python 3.11 and make.
PYTHON_IN_VENV := .venv/bin/python
LOCAL := $(PYTHON_IN_VENV) -m sendhub.local
SETUP := scripts/bootstrap.sh
export PYTHON PORT

.PHONY: help run test test-services check bench soak manage reset lock

help:
	@echo "make run                start SendHub with a demo school and print its address (PORT=8080 names a port)"
	@echo "make test               run every test (ARGS='tests/rules -q' runs a part)"
	@echo "make test-services      keep the tests' Postgres and Valkey running while you work"
	@echo "make check              style, types, imports, migrations, deployment settings"
	@echo "make bench              how fast the pages are;  make soak  the long campaign of faults"
	@echo "make manage ARGS='...'  a management command against the embedded services"
	@echo "make reset              wipe the embedded data, after asking"
	@echo "make lock               pin the requirements again after a change in pyproject.toml"

run:
	@exec $(SETUP) $(LOCAL) run

test:
	@exec $(SETUP) --dev --browser $(LOCAL) test $(ARGS)

test-services:
	@exec $(SETUP) --dev $(LOCAL) services

check:
	@exec $(SETUP) --dev scripts/check.sh

bench:
	@exec $(SETUP) --dev $(LOCAL) bench bench $(ARGS)

soak:
	@exec $(SETUP) --dev --browser $(LOCAL) bench bench.soak $(ARGS)

manage:
	@exec $(SETUP) $(LOCAL) manage $(ARGS)

reset:
	@exec $(SETUP) $(LOCAL) reset $(if $(YES),--yes)

lock:
	@exec $(SETUP) scripts/lock.sh
