# All commands of the project. Each works on a fresh machine: the first one makes the environment in .venv.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python -m
SPHINX := $(RUN) sphinx -c . -n -W --keep-going -d build/doctrees

.DEFAULT_GOAL := help
.PHONY: help site test doctest lint check serve epub pdf offline bench bench-build mutants clean

help:  ## show this list
	@echo "make site       build the site into build/html"
	@echo "make test       run all tests, with coverage of the package"
	@echo "make doctest    run every example of every page"
	@echo "make lint       check style and formatting"
	@echo "make check      what CI runs: lint, test, doctest"
	@echo "make serve      build, serve on localhost, rebuild on save (PORT=8000)"
	@echo "make epub       the site as one EPUB"
	@echo "make pdf        the site as one PDF, printed by Chromium"
	@echo "make offline    the site as one zip that works without a server"
	@echo "make bench      measure the layers against loops and PyTorch (installs PyTorch)"
	@echo "make bench-build  measure how long the site takes to build (long)"
	@echo "make mutants    change code and formulas in small ways and see that the tests notice (long)"
	@echo "make clean      remove everything that was built, but not .venv"
	@echo "Another Python than python3: make site PYTHON=python3.13"

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed, but '$(PYTHON)' is: $$($(PYTHON) --version 2>&1)." >&2; \
		echo "Name a newer one: make $(MAKECMDGOALS) PYTHON=python3.13" >&2; exit 1; }
	@echo "Making the environment in $(VENV) and installing into it (a minute or two) ..."
	@$(PYTHON) -m venv $(VENV) || { \
		echo "'$(PYTHON) -m venv' does not work: install Python's venv module (Debian: apt install python3-venv)." >&2; exit 1; }
	@$(RUN) pip install --quiet --disable-pip-version-check --editable ".[docs,test]"
	@touch $@

site: $(VENV)/installed
	@echo "Building the site ..."
	@$(SPHINX) docs build/html
	@echo "Done. Open build/html/index.html, or run: make serve"

test: $(VENV)/installed
	@echo "Running the tests ..."
	@$(RUN) pytest -n auto --cov --cov-report=term-missing:skip-covered

doctest: $(VENV)/installed
	@echo "Running the examples of all pages ..."
	@status=0; $(SPHINX) -q -b doctest docs build/doctest || status=$$?; \
	awk '/^Doctest summary/ {p = 1} p && /^ *[0-9]+ (test|failure)/ {sub(/^ */, ""); out = out sep $$0; sep = ", "} \
	END {print "doctest: " out}' build/doctest/output.txt; exit $$status

lint: $(VENV)/installed
	@echo "Checking style and formatting ..."
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .

check: lint test doctest

serve: $(VENV)/installed
	@echo "Building, then serving on http://localhost:$(PORT) until Ctrl-C ..."
	@$(RUN) sphinx_autobuild -c . -d build/doctrees --port $(PORT) --watch cheatsheet --watch gallery \
		--ignore "*/docs/gallery/*" docs build/html

epub: $(VENV)/installed
	@echo "Building the EPUB ..."
	@rm -rf build/epub
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 0) $(SPHINX) -q -b epub docs build/epub
	@echo "Done: build/epub/ml-cheatsheet.epub"

pdf: $(VENV)/installed
	@echo "Building the PDF (a minute) ..."
	@$(RUN) pip install --quiet --disable-pip-version-check --editable ".[pdf]"
	@rm -rf build/pdf
	@$(SPHINX) -q -b pdf docs build/pdf
	@echo "Done: build/pdf/ml-cheatsheet.pdf"

offline: $(VENV)/installed
	@echo "Building the site from scratch and packing it ..."
	@rm -rf build/offline
	@$(SPHINX) -q -E docs build/offline/ml-cheatsheet
	@$(VENV)/bin/python docs/_ext/reproducible.py build/offline/ml-cheatsheet build/ml-cheatsheet.zip
	@echo "Done: build/ml-cheatsheet.zip"

bench: $(VENV)/installed
	@$(RUN) pip install --quiet --disable-pip-version-check --editable ".[torch]"
	@$(VENV)/bin/python benchmarks/layers.py

bench-build: $(VENV)/installed
	@$(VENV)/bin/python benchmarks/build_time.py

mutants: $(VENV)/installed
	@echo "Changing the code in small ways; each change must make a test fail ..."
	@$(RUN) pip install --quiet --disable-pip-version-check --editable ".[mutants]"
	@$(VENV)/bin/python tests/formula_mutants.py
	@$(VENV)/bin/python tests/mutants.py

clean:
	@echo "Removing what was built ..."
	@rm -rf build docs/gallery docs/sg_execution_times.rst .pytest_cache .ruff_cache .coverage
	@find cheatsheet docs gallery tests -name __pycache__ -type d -prune -exec rm -rf {} +
