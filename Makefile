# `make data` and `make test` do all their own set-up; `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_USER := 0
# Many processes are started: each would compile all modules anew where nothing keeps them.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help data check test lint format golden benchmark compatibility clean
# A recipe that fails leaves no target behind that looks finished.
.DELETE_ON_ERROR:

help: ## what can be made
	@sed -n 's/^\([a-z.]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

data: .venv/made ## all documents → tables → Parquet, DuckDB → release
	@$(BIN)/idm run

check: .venv/made lint ## the inner loop, under a minute: rules, format, types, fast tests
	@$(BIN)/python -m pytest -n auto --dist worksteal -m 'not slow and not benchmark'

test: .venv/made ## every test but the benchmarks, on all cores
	@$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/made ## rules, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: .venv/made ## rewrite the code in the house's format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

golden: .venv/made ## does this tree make the same bytes as a commit: AGAINST=HEAD
	@$(BIN)/python tests/golden.py --against $(or $(AGAINST),HEAD)

benchmark: .venv/made ## the speed bars, with figures
	@$(BIN)/python -m pytest -m benchmark -s

compatibility: .venv/made ## the database with the oldest DuckDB that is promised to open it
	@$(BIN)/python -m pytest tests/compatibility.py

clean: ## remove the environment and everything built, but no release
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find flows schemas tests -name __pycache__ -prune -exec rm -rf {} +
	cd warehouse && rm -rf .builds .kept .lock .prefect current parquet idm.duckdb build.json

.PHONY: .venv
.venv: .venv/made ## the environment alone

# Made last: an environment that was interrupted half-way has no such file and is made anew.
.venv/made: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Python 3.11 or newer is needed; $(PYTHON) is not. Try: make PYTHON=python3.11" >&2; exit 1; }
	@echo "Setting up .venv (some minutes the first time)" >&2
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@
