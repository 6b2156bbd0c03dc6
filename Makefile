# Two commands do everything: `make serve` and `make test`.

PYTHON ?= python3
VENV ?= .venv
# The small CPU build of PyTorch. Where a plain `torch` would bring CUDA, name the CPU index:
#   make serve TORCH="torch --index-url https://download.pytorch.org/whl/cpu"
TORCH ?= torch==2.13.0
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check

.PHONY: serve test lint types tests browser clean

serve: $(VENV)/.installed
	$(VENV)/bin/onrecord index
	$(VENV)/bin/onrecord serve

test: $(VENV)/.installed-tests browser lint types tests

lint:
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types:
	$(VENV)/bin/mypy

tests:
	$(VENV)/bin/python -m pytest

# The page is tested in a real Chromium. Debian's package is taken where there is none.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	  || command -v google-chrome >/dev/null || $(MAKE) --no-print-directory install-browser

install-browser:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; \
	else echo "the tests of the page need Chromium: install the package chromium"; exit 1; fi

$(VENV)/.environment:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet $(TORCH)
	touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.environment
	$(PIP) install --quiet --editable .
	touch $@

$(VENV)/.installed-tests: pyproject.toml $(VENV)/.installed
	$(PIP) install --quiet --editable '.[test]'
	touch $@

clean:
	rm -rf $(VENV) data
