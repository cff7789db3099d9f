# Two commands are all there is to set up: `make demo` and `make test`. Both begin by installing what is missing.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The first Python on the path that is 3.11 or 3.12; PYTHON=… names another.
PYTHON ?= $(shell for p in python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: demo test lint docs format clean system test-system help

help:
	@echo "make demo   grade a made-up class"
	@echo "make test   lint, types and all tests"
	@echo "make lint   ruff, mypy and the layers alone"
	@echo "make docs   the documentation's site, in build/docs/"
	@echo "make clean  remove what the others made"

demo: $(READY)
	@$(BIN)/grader demo

# With bytecode kept, whatever the environment says: the tests start hundreds of processes.
test: export PYTHONDONTWRITEBYTECODE =
test: lint test-system
	$(BIN)/python -m pytest -n 5 --dist loadscope --no-loadscope-reorder

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache

# With the repository's root on the path: some pages are made by docs/site/. What is left unsaid, at each build: the
# theme is mended until May 2027, and Zensical, which reads the same mkdocs.yml, comes after it.
docs: export NO_MKDOCS_2_WARNING = 1
docs: $(READY)
	@$(BIN)/python -m mkdocs --quiet build
	@echo "open build/docs/index.html"

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "softmark needs Python 3.11 or 3.12, and neither is on the path: install one, or name it: make PYTHON=/path/to/python3.11 ..."; exit 2; }
	@$(MAKE) --no-print-directory system
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(PYTHON) -m pip install --user --quiet virtualenv && $(PYTHON) -m virtualenv --quiet $(VENV); } || \
		{ echo "$(PYTHON) cannot make a virtual environment: install its venv module (apt-get install python3-venv)"; exit 2; }
	@echo "installing MXNet, nbgrader and the kit into $(VENV) (a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

# What pip cannot install. Only root can, and only with apt; without it the kit uses what the machine has.
PACKAGES := bubblewrap dataset-fashion-mnist libgomp1 libquadmath0 libseccomp2
TEST_PACKAGES := chromium chromium-driver postgresql
system:
	@$(call install,$(PACKAGES),$$($(PYTHON) -c 'import ensurepip' 2>/dev/null || echo python3-venv))

# What only the tests need: a browser and a database server.
test-system:
	@$(call install,$(TEST_PACKAGES))

install = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		missing="$(2)"; for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || missing="$${missing:+$$missing }$$p"; done; \
		if [ -n "$$missing" ]; then \
			echo "installing $$missing ..."; \
			apt-get update -qq >/dev/null 2>&1; \
			for p in $$missing; do DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$p >/dev/null 2>&1 \
				|| echo "could not install $$p; going on without it"; done; \
		fi; \
	fi

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis gradebook.db
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
