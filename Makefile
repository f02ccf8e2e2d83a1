# What a newcomer types. `make demo` and `make test` set up everything they need.
.PHONY: demo test check setup lock bench clean
export UV_COMPILE_BYTECODE := 1
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin

demo: setup
	@$(BIN)/tonghop demo

test: setup
	@sh .ci/servers
	@$(BIN)/python -m pytest -q -n 3

check: setup
	@$(BIN)/ruff check --no-cache . && $(BIN)/ruff format --no-cache --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint sql --processes 2

setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml .ci/setup
	@sh .ci/setup

lock:
	@sh .ci/lock

bench: setup
	@for measure in benchmarks/*.py; do echo "== $$measure"; $(BIN)/python $$measure || exit 1; done

clean:
	rm -rf .venv .uv var
