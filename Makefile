# Each command does all of its own set-up. `make run` for people, `make test` for what CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PILOTHOUSE_HOME ?= $(CURDIR)/var
export FOLDER OUT MINUTES DATA ON

.PHONY: help run check test fuzz bench train quality sample lock clean

help:
	@echo "make run [FOLDER=path]   start Pilothouse, with your own papers from a folder if you like"
	@echo "make check               style, types, layers, templates, migrations, licences (under a minute)"
	@echo "make test                everything: check, SQLite, PostgreSQL, browser"
	@echo "make fuzz [MINUTES=30]   try the readers for long: what to run in the night"
	@echo "make bench               measure what the README claims"
	@echo "make train DATA=file ON=day   learn from labelled lines what an IT vendor's name looks like;"
	@echo "                         with DATA=folder, from labelled contracts which sentences are which clause"
	@echo "make quality DATA=file   measure how well lines are recognised; with DATA=folder, how well clauses are found"
	@echo "make sample OUT=folder   write the made-up company's papers"
	@echo "make lock                choose new versions of what we stand on"
	@echo "make clean               remove what these commands made, your data in $(PILOTHOUSE_HOME) aside"

# Packages are installed anew only when what names them has changed.
$(VENV)/.run: requirements.lock pyproject.toml
	@$(PYTHON) tools/make_venv.py $(VENV) requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml
	@$(PYTHON) tools/make_venv.py $(VENV) requirements-dev.lock
	@touch $@

run: $(VENV)/.run
	@exec $(BIN)/pilothouse run $(if $(FOLDER),"$$FOLDER")

check: $(VENV)/.dev
	@$(BIN)/python -m tools.check

test: $(VENV)/.dev
	@$(BIN)/python -m tools.test

fuzz: $(VENV)/.dev
	@$(BIN)/python -m tools.fuzz $(if $(MINUTES),--minutes "$$MINUTES")

bench: $(VENV)/.dev
	@$(BIN)/python -m bench

train: $(VENV)/.dev
	@test -n "$$DATA" -a -n "$$ON" || { echo "Say from what and which day: make train DATA=file ON=2026-01-31"; exit 2; }
	@$(BIN)/python -m tools.$$(test -d "$$DATA" && echo train_clauses || echo train) "$$DATA" --on "$$ON"

quality: $(VENV)/.dev
	@test -n "$$DATA" || { echo "Say on what: make quality DATA=file"; exit 2; }
	@$(BIN)/python -m tools.$$(test -d "$$DATA" && echo measure_clauses || echo measure_recognition) "$$DATA"

sample: $(VENV)/.run
	@test -n "$$OUT" || { echo "Say where: make sample OUT=folder"; exit 2; }
	@$(BIN)/python -m pilothouse.sample "$$OUT"

lock: $(VENV)/.dev
	@$(BIN)/python -m tools.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
