# Every command the README names. Each target makes what it needs on a machine that has only Python 3.11+ and make.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench lock format clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: $(VENV)/.run ## install, crawl the demonstration newspapers, search them (SERVE=1 for the dashboard afterwards)
	$(BIN)/sosik demo $(if $(SERVE),,--no-serve)

# Some tests kill processes and stop servers at moments that a busy machine moves: what failed is tried once more by
# itself, and what fails twice has failed. The first run's report stands above the second's.
test: $(VENV)/.dev ## run every test; installs what they need
	scripts/system-packages
	$(BIN)/pytest || $(BIN)/pytest --last-failed --last-failed-no-failures none

lint: $(VENV)/.dev ## ruff, mypy, import rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## measure speed and memory as ratios (benchmarks/README.md)
	$(BIN)/python -m benchmarks $(ARGS)

lock: $(VENV)/.uv ## write the two lock files anew from pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  pyproject.toml --all-extras --group dev -c requirements.txt -o requirements-dev.txt

format: $(VENV)/.dev ## put the code into its form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

clean: ## remove the environment and the demonstration's data
	rm -rf $(VENV) var

# uv is pinned here and installed into the environment itself: pip 23 cannot resolve this lock (docs/decisions/0002).
$(VENV)/.uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	touch $@

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/.uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(VENV)/.uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	touch $(VENV)/.run $@
