# Two commands do everything: `make demo` and `make test`. Both make their own environment in .venv first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench pictures clean

demo: $(VENV)/.installed
	@$(BIN)/xlreport demo

test: $(VENV)/.tested
	@sh tools/system.sh
	$(BIN)/python -m pytest -n auto

# What CI runs beside the tests.
check: $(VENV)/.developed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.tested
	@sh tools/system.sh
	$(BIN)/python -m benchmarks --write

pictures: $(VENV)/.tested
	@sh tools/system.sh
	$(BIN)/python -m tools.pictures
	$(BIN)/python -m tools.window

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "xlreport needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "Python cannot make a virtual environment; on Debian: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml
	@echo "准备环境，约半分钟 / setting up, about half a minute ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.made pyproject.toml
	@echo "准备测试环境，约一分钟 / setting up the tests, about a minute ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/.installed

$(VENV)/.developed: $(VENV)/.made pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,dev]'
	@touch $@ $(VENV)/.installed $(VENV)/.tested

clean:
	rm -rf $(VENV) build dist xlreport-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
