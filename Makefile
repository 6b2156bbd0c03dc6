# Two commands do everything: `make serve` and `make test`.

PYTHON ?= python3
VENV ?= .venv
TOOLS ?= .tools
# The small CPU build of PyTorch. Where a plain `torch` would bring CUDA, name the CPU index:
#   make serve TORCH="torch --index-url https://download.pytorch.org/whl/cpu"
TORCH ?= torch==2.13.0
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check

.PHONY: serve test lint types tests kills browser compiler lock install-locked audit sbom clean

serve: $(VENV)/.installed
	$(VENV)/bin/onrecord index
	$(VENV)/bin/onrecord serve

test: $(VENV)/.installed-tests browser compiler lint types tests

lint:
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types:
	$(VENV)/bin/mypy

tests:
	$(VENV)/bin/python -m pytest

# The crash tests at length: so many times SIGKILL, in changes, checkpoints of a large index,
# rebuilds, syncs, upgrades of an older index and copies to another store.
KILLS ?= 200
kills: $(VENV)/.installed-tests
	KILLS=$(KILLS) $(VENV)/bin/python -m pytest --timeout=7200 --durations=0 \
	  tests/index/test_crashes.py tests/index/test_crashed_syncs.py \
	  tests/index/test_killed_upkeep.py tests/milvus/test_crashes.py \
	  tests/milvus/test_killed_migrations.py

# The page is tested in a real Chromium. Debian's package is taken where there is none.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	  || command -v google-chrome >/dev/null || $(MAKE) --no-print-directory install-browser

install-browser:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; \
	else echo "the tests of the page need Chromium: install the package chromium"; exit 1; fi

# A slow disk and a wrong clock are made by a few lines of C.
compiler:
	@command -v gcc >/dev/null || $(MAKE) --no-print-directory install-compiler

install-compiler:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq gcc libc6-dev; \
	else echo "the tests of a slow disk need a C compiler: install the package gcc"; exit 1; fi

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

# Reproducible installs: requirements/README.md.
TORCH_INDEX ?=
LOCK := $(TOOLS)/bin/uv pip compile --no-config --quiet --universal --python-version 3.11 \
  --default-index https://pypi.org/simple --no-emit-index-url --generate-hashes \
  --custom-compile-command 'make lock'

lock: $(TOOLS)/.installed
	$(LOCK) pyproject.toml requirements/torch-needs.in \
	  --override requirements/without-torch.in -o requirements/runtime.txt
	$(LOCK) pyproject.toml requirements/torch-needs.in --extra test \
	  --override requirements/without-torch.in -o requirements/test.txt

install-locked:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --no-deps --requirement requirements/test.txt
	$(PIP) install --require-hashes --no-deps --requirement requirements/torch.txt \
	  $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $(VENV)/.environment $(VENV)/.installed $(VENV)/.installed-tests

# Known vulnerabilities of everything that is locked. Asks PyPI, so it is no part of `make test`.
audit: $(TOOLS)/.installed
	$(TOOLS)/bin/pip-audit --disable-pip --requirement requirements/test.txt

# A bill of materials for a release: the installed packages, and the models with their checksums.
sbom: $(TOOLS)/.installed $(VENV)/.installed
	$(TOOLS)/bin/python deploy/bill_of_materials.py $(VENV) dist/onrecord.cdx.json

$(TOOLS)/.installed:
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet 'uv>=0.9' 'pip-audit>=2.9' 'cyclonedx-bom>=7.0'
	touch $@

clean:
	rm -rf $(VENV) $(TOOLS) data
