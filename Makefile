# cuesmith: `make run` and `make test` are all a new machine needs. See README.md.
#
#   make run          the sample film as subtitles, then the window where there is a desktop
#   make test         every test but the slow ones      make test-slow   the slow ones
#   make check        lint, format, types, contracts    make format      mend what a tool can mend
#
#   PYTHON=python3.12     the Python that .venv is made with (3.11 or newer)
#   TESTS_AT_ONCE=2       how many tests run side by side; 0 = one after the other, in one process
#   TORCH=cpu             torch from its own index: cpu, cu128, … (README, "Torch for CPU or GPU"); default: pip's choice
# Kept to what make 3.81 knows, which macOS carries.
SHELL := /bin/bash
PYTHON ?= python3
TORCH ?=
# Half of a test's time is waiting, for sound that plays or a child that starts: two on two cores disturb each other little.
TESTS_AT_ONCE ?= 2
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Real speech and films, where a machine has them beside the checkout; tests that need them are skipped elsewhere.
export CUESMITH_MATERIAL ?= $(realpath ../shared/data)
export QT_LOGGING_RULES ?= qt.multimedia.*=false

.PHONY: run test test-slow check format system pictures clean
.DEFAULT_GOAL := run

run: $(STAMP)
	@$(BIN)/python installers/run.py

test: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m "not slow" -n $(TESTS_AT_ONCE) --dist worksteal

test-slow: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m slow

# What .ci/run checks before the tests.
check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# System libraries, by apt as root or with sudo; without that right it prints the line to run and goes on.
system:
	@installers/linux/system-libraries.sh

# A .venv that is there stays (uv's, or a half-made one): it only gets what it lacks.
$(STAMP): pyproject.toml constraints.txt | system
	@test -x $(BIN)/python || { $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' && \
		$(PYTHON) -m venv --without-pip $(VENV); } || { \
		echo "cuesmith: Python 3.11 or newer is needed. Where it has another name: make PYTHON=python3.12" >&2; exit 1; }
	@$(PIP) --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null 2>&1 || { \
		echo "cuesmith: this Python cannot put pip into .venv. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "cuesmith: installing into $(VENV) (some minutes the first time)" >&2
	@test -z "$(TORCH)" || \
		$(PIP) install --quiet -c constraints.txt --index-url https://download.pytorch.org/whl/$(TORCH) torch
	@$(PIP) install --quiet -c constraints.txt -e '.[dev]'
	@touch $@

# The README's pictures, drawn offscreen by the program itself.
pictures: $(STAMP)
	$(BIN)/cuesmith shot --state editor -o resources/pictures/editor.png
	$(BIN)/cuesmith shot --state scripts --theme light -o resources/pictures/scripts.png
	$(BIN)/cuesmith shot --state job -o resources/pictures/job.png

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info
