# Needs Python 3.11 or newer, git and make; everything else is installed into .venv, locked with hashes.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
MINUTES ?= 60
ifdef HOST
export WORLDCAFE_HOST := $(HOST)
endif
ifdef PORT
export WORLDCAFE_PORT := $(PORT)
endif

.PHONY: run setup test lint bench bench-all soak catalogue lock pictures

run: setup
	$(BIN)/worldcafe serve --example

setup: .venv/.run

.venv/.run: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/.test: .venv/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

test: .venv/.test
	@test -x /usr/bin/chromium \
	  || { test "$$(id -u)" = 0 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	  || echo '!!! No /usr/bin/chromium and no right to install it: ALL BROWSER TESTS WILL BE SKIPPED !!!'
	@test -x /usr/bin/caddy -o -x .venv/caddy/usr/bin/caddy \
	  || (cd .venv && { test "$$(id -u)" != 0 || apt-get update -qq; } && apt-get download -qq caddy && dpkg-deb -x caddy_*.deb caddy) \
	  || echo '!!! No caddy and no package of it: ALL TESTS BEHIND A REAL PROXY WILL BE SKIPPED !!!'
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(TESTS)

lint: .venv/.test
	$(BIN)/ruff check app migrations tests
	$(BIN)/ruff format --check app migrations tests
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.test
	$(BIN)/python -m tests.bench

bench-all: bench
	$(BIN)/python -m tests.bench.cloud
	$(BIN)/python -m tests.bench.photos
	$(BIN)/python -m tests.bench.documents
	$(BIN)/python -m tests.bench.phone

soak: .venv/.test
	SOAK_MINUTES=$(MINUTES) $(BIN)/python -m pytest -m slow --reruns 0 -s $(TESTS)

# Texts of templates and code → app/web/locale/*.po (new ones are empty, and a test fails until they are filled).
catalogue: .venv/.test
	$(BIN)/pybabel -q extract -F app/web/locale/babel.cfg -k N_ -k _ -k ngettext:1,2 --no-location --sort-output -o .venv/messages.pot .
	$(BIN)/pybabel -q update -D messages -i .venv/messages.pot -o app/web/locale/en.po -l en -w 100 --no-fuzzy-matching --ignore-obsolete

lock: .venv/.test
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra test -c requirements.lock --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements-dev.lock

pictures: .venv/.test
	$(BIN)/python -m tests.pictures
