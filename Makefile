# casemgr: the daily commands. `make run` needs Debian or alike, make, and Python 3.11 or newer with venv.
PYTHON ?= python3
VENV = .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-long bench lint messages pictures python environment environment-dev \
	lint-all lint-code lint-format lint-layers lint-types lint-templates lint-migrations lint-deploy lint-messages lint-states

help:
	@echo 'make run        start casemgr on http://127.0.0.1:8000 (PORT= and DEMO_PASSWORD= change address and demo password)'
	@echo 'make test       every test on SQLite, with a browser; on PostgreSQL what hangs on the database'
	@echo 'make test-fast  unit tests on SQLite, under a minute'
	@echo 'make test-long  everything on both databases, also what is too long for make test'
	@echo 'make lint       style, layers, templates, migrations, deployment, translations'
	@echo 'make bench      benchmarks, each beside what it is compared with'
	@echo 'make messages   collect strings from code and templates into locale/'
	@echo 'make pictures   photograph the pages that README and the manual show, from the demo'

run: environment
	@$(VENV)/python manage.py start

test: environment-dev
	@$(VENV)/python -m tests.support.run

test-fast: environment-dev
	@$(VENV)/python -m tests.support.run --fast

test-long: environment-dev
	@$(VENV)/python -m tests.support.run --long

bench: environment-dev
	@$(VENV)/python -m tests.support.bench

messages: environment-dev
	@$(VENV)/python manage.py messages

pictures: environment-dev
	@$(VENV)/python -m tests.support.pictures

# Every check runs even when one before it failed; `make lint` fails when any did.
lint: environment-dev
	@$(MAKE) --no-print-directory --keep-going lint-all

lint-all: lint-code lint-format lint-layers lint-types lint-templates lint-migrations lint-deploy lint-messages lint-states

lint-code:
	$(VENV)/ruff check .

lint-format:
	$(VENV)/ruff format --check .

lint-layers:
	$(VENV)/lint-imports

lint-types:
	$(VENV)/mypy

lint-templates:
	$(VENV)/djlint templates --lint --quiet

lint-migrations:
	$(VENV)/python manage.py makemigrations --check --dry-run

# As an office runs it: secrets from the environment, behind https.
lint-deploy:
	SECURE_TRANSPORT=1 DEBUG=0 ALLOWED_HOSTS=casemgr.example \
	SECRET_KEY=only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG \
	$(VENV)/python manage.py check --deploy --fail-level WARNING

lint-messages:
	$(VENV)/python manage.py messages --check

lint-states:
	$(VENV)/python -m tests.lint.state_writes

environment: python
	@$(PYTHON) -m casemgr.operation.environment

environment-dev: python
	@$(PYTHON) -m casemgr.operation.environment --dev

python:
	@command -v $(PYTHON) >/dev/null || { \
		echo 'casemgr needs Python 3.11 or newer with venv; on Debian: apt-get install python3 python3-venv' >&2; exit 1; }
