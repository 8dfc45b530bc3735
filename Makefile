# Two commands do all the set-up on a fresh machine: `make serve` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8080
DATA ?=

.PHONY: serve test check eval bench train docs clean

# What runs the service: the package with the trained English pipeline.
$(VENV)/.serve: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[nlp]'
	touch $@

# What tests and checks need on top: Detoxify with the CPU build of torch, linters.
$(VENV)/.dev: $(VENV)/.serve
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet --editable '.[nlp,detoxify,dev,train]'
	touch $@

$(VENV)/.train: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --editable '.[nlp,detoxify,dev,train]'
	touch $@

serve: $(VENV)/.serve
	$(BIN)/postlint serve --host $(HOST) --port $(PORT)

test: $(VENV)/.dev
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/postlint rules check
	$(BIN)/python docs/generate.py --check

# Regenerates what is derived from the code: the schemas, openapi.json, the references.
docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

eval: $(VENV)/.dev
	$(BIN)/python tests/eval/evaluate.py $(if $(DATA),--data $(DATA))

bench: $(VENV)/.dev
	PYTHONPATH=. $(BIN)/python benchmarks/http_throughput.py
	$(BIN)/python benchmarks/large_pack.py

train: $(VENV)/.train
	test -n "$(DATA)" || { echo "say where the data sets are: make train DATA=folder"; exit 2; }
	$(BIN)/python models/risk/training/train.py --data $(DATA)

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
