# hoso: every target sets up what it needs; a second run starts in seconds.
PYTHON ?= python3
RUN := .venv/bin/python
ONLY ?=

.PHONY: demo test serve wheelhouse bench check pictures lock clean

demo: .venv/.run .venv/.office
	@.venv/bin/hoso --data hoso-data demo

serve: .venv/.run
	@test -f hoso-data/hoso.toml || .venv/bin/hoso --data hoso-data init
	@.venv/bin/hoso --data hoso-data serve

# For an office without internet: all packages in wheelhouse/, from which the targets above install where it is there.
wheelhouse: .venv/.run
	@sh installation/wheelhouse.sh

test: .venv/.dev .venv/.office .venv/.test-tools
	@$(RUN) -m pytest -n 2 --dist loadgroup

check: .venv/.dev
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@.venv/bin/lint-imports

# The drivers of the tests at full length: 700 kills at step boundaries, 1,000 damages.
kill-test: .venv/.dev
	@HOSO_KILLS=700 $(RUN) -m pytest tests/drivers/test_killed.py tests/drivers/test_disks.py -q -s

damage-test: .venv/.dev
	@HOSO_DAMAGES=1000 $(RUN) -m pytest tests/drivers/test_damaged.py -q -s

bench: .venv/.dev .venv/.office
	@$(RUN) -m benchmarks.run $(ONLY)

pictures: .venv/.run .venv/.office
	@$(RUN) -m templates_docx.build.pictures

lock: .venv/.dev
	@$(RUN) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml -o requirements.lock
	@$(RUN) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q --extra dev pyproject.toml -o requirements-dev.lock
	@$(RUN) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'], 'editables', sep='\n')" | \
		$(RUN) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q - -o requirements-build.lock

.venv/.run: requirements.lock pyproject.toml installation/environment.sh
	@PYTHON="$(PYTHON)" sh installation/environment.sh requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml installation/environment.sh
	@PYTHON="$(PYTHON)" sh installation/environment.sh requirements-dev.lock
	@touch .venv/.run $@

.venv/.office: installation/office.sh | .venv/.run
	@sh installation/office.sh && touch $@ || true

.venv/.test-tools: installation/test_tools.sh | .venv/.run
	@sh installation/test_tools.sh && touch $@ || true

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
