# One command each. `make install` first, in a virtual environment.
.PHONY: install lint format types test bench

install:
	python -m pip install -e '.[dev]'
	pre-commit install

lint:
	ruff check .
	ruff format --check .

format:
	ruff check --fix .
	ruff format .

types:
	mypy

test:
	python -m pytest

bench:
	python tests/benchmarks/long_document.py
