# Each command does all of its own set-up. `make run` for people, `make test` for what CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PILOTHOUSE_HOME ?= $(CURDIR)/var

.PHONY: help run check test bench sample lock clean

help:
	@echo "make run [FOLDER=path]   start Pilothouse, with your own papers from a folder if you like"
	@echo "make check               style, types, layers, templates, migrations, licences (seconds)"
	@echo "make test                everything: check, SQLite, PostgreSQL, browser"
	@echo "make bench               measure what the README claims"
	@echo "make sample OUT=folder   write the made-up company's papers"
	@echo "make lock                choose new versions of what we stand on"

$(VENV)/.run: requirements.lock pyproject.toml
	@$(PYTHON) tools/make_venv.py $(VENV) requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml $(VENV)/.run
	@$(PYTHON) tools/make_venv.py $(VENV) requirements-dev.lock
	@touch $@

run: $(VENV)/.run
	@exec $(BIN)/pilothouse run $(if $(FOLDER),"$(FOLDER)")

check: $(VENV)/.dev
	@$(BIN)/python tools/check.py

test: $(VENV)/.dev
	@$(BIN)/python tools/test.py

bench: $(VENV)/.dev
	@$(BIN)/python -m bench

sample: $(VENV)/.run
	@$(BIN)/python -m pilothouse.sample "$(OUT)"

lock: $(VENV)/.dev
	@$(BIN)/python tools/lock.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
