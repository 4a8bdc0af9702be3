# SPDX-License-Identifier: EUPL-1.2
# Two commands: `make demo` walks, `make test` proves. `make` alone lists the rest.

PYTHON ?=
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SPECTRAL := tools/spectral/node_modules/.package-lock.json
PYTEST := $(BIN)/python -m pytest -p tools.count
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header

.DEFAULT_GOAL := help
.PHONY: help install demo test test-fast test-postgres test-postgres-again check format lint types contracts lint-api docs proof-fuzz proof-races proof-crash proof-ballots proof-letters proof-cheques proof-tallies proof-payments proof-ledger proof-cases proof-challenges sbom bench bench-tally bench-vote bench-voices lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.demo ## install what the demo needs into .venv

demo: $(VENV)/.demo ## make a neighbourhood under var/ and serve it on PORT (8000)
	@$(BIN)/wijkbudget demo --port $(PORT)

test: $(VENV)/.tests ## run every test, in a browser too where there is a Chromium
	@$(BIN)/python -m tools.chromium
	@$(PYTEST) -q

test-fast: $(VENV)/.tests ## run the tests that touch nothing, in a few seconds
	@$(PYTEST) -q -m pure

test-postgres: $(VENV)/.tests ## run on PostgreSQL every test that needs a database
	@WIJKBUDGET_TEST_DATABASE=postgres $(PYTEST) -q -n 2 --dist worksteal -m "not pure and not browser" \
		$(addprefix --ignore=tests/,architecture db kit ledger/test_proof.py oracles registries stories)

test-postgres-again: $(VENV)/.tests ## run on PostgreSQL what failed there the last time, one by one
	@WIJKBUDGET_TEST_DATABASE=postgres $(PYTEST) -v --last-failed --last-failed-no-failures none

check: $(VENV)/.tests $(if $(shell command -v npm),$(SPECTRAL)) ## everything that must hold before a change goes in
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tools.chromium
	$(PYTEST) -q -n 2 --dist worksteal

format: $(VENV)/.tests ## lay out the code, and mend what ruff can mend
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

lint: $(VENV)/.tests ## look for mistakes a linter sees
	@$(BIN)/ruff check .

types: $(VENV)/.tests ## check the types
	@$(BIN)/mypy

contracts: $(VENV)/.tests ## check who imports whom
	@$(BIN)/lint-imports --no-logo

lint-api: $(VENV)/.tests $(SPECTRAL) ## check the OpenAPI document by the NL API Design Rules; needs node
	@$(PYTEST) -q tests/app/test_design_rules.py

docs: $(VENV)/.tests ## write the pages of docs/ that say what the code says
	@$(BIN)/python -m tools.documents

proof-fuzz: $(VENV)/.tests ## send 100,000 requests that nobody should send, and 5,000 by the API's document
	@WIJKBUDGET_PROOF_REQUESTS=100000 WIJKBUDGET_PROOF_EXAMPLES=5000 $(PYTEST) -q \
		tests/app/test_fuzz.py tests/app/test_contract.py

proof-races: $(VENV)/.tests ## let eight fight over each of 10,000 vouchers, on SQLite and on PostgreSQL
	@for database in sqlite postgres; do \
		WIJKBUDGET_TEST_DATABASE=$$database WIJKBUDGET_PROOF_VOUCHERS=10000 WIJKBUDGET_PROOF_PAIRS=5000 \
			WIJKBUDGET_PROOF_USES=1000 $(PYTEST) -q tests/races/test_many.py || exit 1; \
	done

proof-crash: $(VENV)/.tests ## kill the server 1,000 times, PostgreSQL 200 times, and cut the power 10,000 times
	@WIJKBUDGET_PROOF_KILLS=1000 WIJKBUDGET_PROOF_POSTGRES_KILLS=200 WIJKBUDGET_PROOF_CUTS=10000 \
		$(PYTEST) -q -m crash tests/races

proof-ballots: $(VENV)/.tests ## seal 100,000 ballots and cheat in every way, and let an attacker guess at 10,000 voters
	@WIJKBUDGET_PROOF_BALLOTS=100000 WIJKBUDGET_PROOF_VOTERS=10000 $(PYTEST) -q \
		tests/voting/test_tampering.py tests/voting/test_linkage.py

proof-letters: $(VENV)/.tests ## make letters for 34,000 voters, with a kill half way, and tell the time and memory
	@WIJKBUDGET_PROOF_LETTERS=34000 WIJKBUDGET_PROOF_GUESSES=5000 $(PYTEST) -q -s \
		tests/voting/letters/test_press.py tests/voting/letters/test_guessing.py

proof-cheques: $(VENV)/.tests ## issue 34,000 resident vouchers in one act, and make their cards
	@WIJKBUDGET_PROOF_CHEQUES=34000 $(PYTEST) -q tests/vouchers/cheques/test_whole.py

proof-tallies: $(VENV)/.tests ## try every promise of every way of counting on a hundred elections each
	@WIJKBUDGET_PROOF_ELECTIONS=100 $(PYTEST) -q tests/registries/test_tallies.py tests/registries/test_tally_promises.py \
		tests/voting/test_counting_again.py

proof-challenges: $(VENV)/.tests ## walk 200 histories of bids that chance writes, and race 5,000 pairs of decisions, on either database
	@for database in sqlite postgres; do \
		WIJKBUDGET_TEST_DATABASE=$$database WIJKBUDGET_PROOF_HISTORIES=200 WIJKBUDGET_PROOF_DECISIONS=5000 \
			$(PYTEST) -q tests/challenges/test_histories.py || exit 1; \
	done

proof-payments: $(VENV)/.tests ## let 1,000 payouts and 10,000 gifts live, with banks and a provider that do what they like
	@WIJKBUDGET_PROOF_PAYMENTS=1000 WIJKBUDGET_PROOF_ORDERS=720 WIJKBUDGET_PROOF_GIFTS=10000 $(PYTEST) -q \
		tests/payments/test_lives.py tests/payments/contributions/test_service.py tests/payments/contributions/test_lives.py

proof-ledger: $(VENV)/.tests ## run 1,000,000 random operations on the books of each database, beside a model, and read 1,000,000 postings
	@WIJKBUDGET_PROOF_OPERATIONS=1000000 WIJKBUDGET_PROOF_POSTINGS=1000000 $(PYTEST) -q -s \
		tests/ledger/test_proof.py tests/ledger/test_statement.py

proof-cases: $(VENV)/.tests ## read the first page of 10,000 cases, and compare the time with that of 100
	@WIJKBUDGET_PROOF_CASES=10000 $(PYTEST) -q -s tests/challenges/test_many.py

sbom: $(VENV)/.tests ## write the list of what we ship to var/sbom.json
	@mkdir -p var
	@$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file var/sbom.json requirements.txt

bench-tally: $(VENV)/.tests ## measure how long counting takes, beside pabutools where there is one, and draw how it grows
	@$(BIN)/python -m tools.bench_tally

bench-vote: $(VENV)/.tests ## let a crowd vote and read for an evening, and far too many at once, on both databases
	@$(BIN)/python -m tools.bench_vote

bench-voices: $(VENV)/.tests ## compute and freeze 100,000 voices by every rule, on both databases, and play a vote again
	@$(BIN)/python -m tools.bench_voices

bench: $(VENV)/.tests ## measure how quick it is, beside other ways on the same machine
	@$(BIN)/python -m tools.bench

lock: $(VENV)/.tests ## write the locks again after pyproject.toml changed
	$(LOCK) --group build --output-file requirements.txt
	$(LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## remove what was installed and made, the demo's data too
	rm -rf $(VENV) var .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

$(VENV)/.demo: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what wijkbudget needs; this takes about a minute."
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tests: requirements-dev.txt requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what wijkbudget and its tests need; this takes about two minutes."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.demo $@

$(SPECTRAL): tools/spectral/package-lock.json
	@cd tools/spectral && npm ci --silent && touch node_modules/.package-lock.json \
		|| echo "Spectral cannot be fetched here: what it checks is listed as skipped."

# The locks cover Python 3.11 to 3.14; the first that is there and can make an environment is taken.
$(BIN)/python:
	@for python in $(or $(PYTHON),python3.11 python3.12 python3.13 python3 python3.14 python); do \
		$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null || continue; \
		found=$$python; \
		$$python -c 'import venv, ensurepip' 2>/dev/null && exec $$python -m venv $(VENV); \
	done; \
	if [ -n "$$found" ]; then \
		echo "$$found cannot make a virtual environment: install its venv module (Debian: apt install python3-venv)." >&2; \
	else \
		echo "wijkbudget needs Python 3.11, 3.12, 3.13 or 3.14: install one (Debian: apt install python3 python3-venv)," \
			"or say where it is with PYTHON=/path/to/python." >&2; \
	fi; \
	exit 1
