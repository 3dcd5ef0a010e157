# The house's own commands. Everything is relative to this folder, which may have spaces in its name and may be moved.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.SUFFIXES:

VENV := .venv
BIN := $(VENV)/bin
# Every tool is started as a module of this Python: the scripts in .venv/bin name the folder they were made in.
VENV_PYTHON := $(BIN)/python
INSTALL := $(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check

# Left empty, the first of these that is new enough makes the environment: make run PYTHON=/opt/python/bin/python3
PYTHON ?=
PYTHONS := python3 python3.13 python3.12 python3.11

UV ?= uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

PACKAGES := stellr_tui screens
TRANSLATIONS := data/translations
POT := $(TRANSLATIONS)/stellr.pot
LANGUAGES := en
PYBABEL = $(VENV_PYTHON) -m babel.messages.frontend

# Written when an installation has succeeded; RUN holds the folder it was made for. In another folder, or when the
# Python behind .venv is gone, it is not worth anything.
RUN := $(VENV)/.installed-to-run
DEV := $(VENV)/.installed-to-develop
ifneq ($(shell test -x $(VENV_PYTHON) && cat $(RUN) 2>/dev/null),$(CURDIR))
.PHONY: $(RUN)
endif

.PHONY: run test lint format types contracts lock translations pictures wheel clean help

## run: open the portal; the first time also make .venv and install everything that it needs
run: $(RUN)
	@$(BIN)/stellr

# The tests start Python hundreds of times: each start reads what one has compiled, whatever the machine's habit.
test: export PYTHONDONTWRITEBYTECODE :=

## test: run every test
test: $(DEV)
	@$(VENV_PYTHON) -m pytest

## lint: look for mistakes and for code that is not formatted
lint: $(DEV)
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .

## format: put the code into the house's format
format: $(DEV)
	@$(VENV_PYTHON) -m ruff format .
	@$(VENV_PYTHON) -m ruff check --fix .

## types: check the types
types: $(DEV)
	@$(VENV_PYTHON) -m mypy

## contracts: check that imports point one way
contracts: $(DEV)
	@$(VENV_PYTHON) -c 'from importlinter.cli import lint_imports_command; lint_imports_command(["--no-logo"])'

## lock: choose versions anew and pin them with their hashes (needs uv)
lock:
	@$(COMPILE) --upgrade --all-extras --group dev pyproject.toml --output-file requirements-dev.lock
	@cp requirements-dev.lock requirements.lock
	@$(COMPILE) --extra kana --group build pyproject.toml --output-file requirements.lock

## translations: collect the texts of the code, bring the catalogues up to date, compile them
translations: $(DEV)
	@mkdir -p $(TRANSLATIONS)
	@$(PYBABEL) --quiet extract --no-default-keywords --keyword=_ --keyword=N_ --no-location --sort-output --omit-header \
	  --output-file=$(POT) $(PACKAGES)
	@for language in $(LANGUAGES); do \
	  $(PYBABEL) --quiet update --init-missing --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
	    --domain=stellr --locale=$$language --input-file=$(POT) --output-dir=$(TRANSLATIONS); \
	done
	@$(PYBABEL) --quiet compile --domain=stellr --directory=$(TRANSLATIONS) --statistics

## pictures: make the README's pictures anew from the screens themselves
pictures: $(DEV)
	@$(VENV_PYTHON) -m tests.snapshots.pictures

## wheel: build dist/*.tar.gz, and from that dist/*.whl
wheel: $(DEV)
	@rm -rf dist
	@$(VENV_PYTHON) -m build --no-isolation --outdir dist .

## clean: remove what was made here, .venv included
clean:
	@rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache snapshot_report.html
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

## help: show this list
help:
	@sed -n 's/^## //p' Makefile

$(VENV_PYTHON):
	@usable() { "$$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }; \
	python=; \
	for name in $(if $(PYTHON),"$$PYTHON",$(PYTHONS)); do \
	  if usable "$$name"; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11以降が必要です。インストールするか、make $(or $(MAKECMDGOALS),run) PYTHON=/.../python3 で場所を指定してください。" >&2; \
	  echo "Python 3.11 or newer is needed. Install it, or say where it is: make $(or $(MAKECMDGOALS),run) PYTHON=/.../python3" >&2; \
	  exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  echo "Pythonのvenvモジュールがありません。Debian・Ubuntuでは: sudo apt install python3-venv" >&2; \
	  echo "Python's venv module is missing. On Debian and Ubuntu: sudo apt install python3-venv" >&2; \
	  exit 1; \
	fi; \
	rm -rf $(VENV); \
	"$$python" -m venv $(VENV)

# The marks are dropped first, so that an installation that was broken off is begun again. What is pinned and present
# is not asked for again: after a change of place or of the project file no network is needed.
$(RUN): requirements.lock pyproject.toml | $(VENV_PYTHON)
	@rm -f $(RUN)
	@echo "インストールしています / Installing..." >&2
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@$(INSTALL) --no-index --no-deps --no-build-isolation --editable .
	@pwd -P >$(RUN)

$(DEV): requirements-dev.lock $(RUN)
	@rm -f $(DEV)
	@$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $(DEV)
