# make demo   install, fetch weights, turn the sample memo into notes and show them
# make test   install what the tests need, check style and types, run the tests
# make bench  measure speed and memory (see benchmarks/)
# make questions   train, export and measure the encoder of questions (see models/questions/README.md)
# make segmenter   train, export and measure the segmenter (see models/segmenter/README.md)

VENV ?= .venv
BIN := $(VENV)/bin
DEMO := .demo
TEST_PACKAGES := pulseaudio libasound2-plugins chromium xvfb xclip espeak-ng
# Large arrays that come and go at every step are kept by malloc instead of being given back to the kernel.
KEEP := MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_TOP_PAD_=1073741824

.PHONY: demo test check bench questions segmenter clean

$(VENV)/.demo: pyproject.toml scripts/ready
	@scripts/ready $(VENV) ""
	@touch $@

$(VENV)/.test: pyproject.toml scripts/ready
	@scripts/ready $(VENV) "[test]" $(TEST_PACKAGES)
	@touch $@ $(VENV)/.demo

$(VENV)/.train: pyproject.toml scripts/ready
	@scripts/ready $(VENV) "[test,train]" $(TEST_PACKAGES)
	@touch $@ $(VENV)/.test $(VENV)/.demo

$(VENV)/.bench: pyproject.toml scripts/ready
	@scripts/ready $(VENV) "[test,train,bench]" $(TEST_PACKAGES)
	@touch $@ $(VENV)/.train $(VENV)/.test $(VENV)/.demo

demo: $(VENV)/.demo
	@rm -rf $(DEMO) && mkdir -p -m 700 $(DEMO)
	@$(BIN)/dictate --db $(DEMO)/dictate.db import samples/memo.m4a --yes --company Brightwhistle --role "operations analyst" --interviewer Priya
	@echo
	@$(BIN)/dictate --db $(DEMO)/dictate.db show 1

check: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

test: check
	@$(BIN)/pytest

bench: $(VENV)/.bench
	@$(BIN)/python -m benchmarks.segmenter
	@$(BIN)/python -m benchmarks.store
	@$(BIN)/python -m benchmarks.review
	@$(BIN)/python -m benchmarks.questions
	@$(BIN)/dictate models pull base voice-joe
	@$(BIN)/python -m benchmarks.importing
	@$(BIN)/python -m benchmarks.live

segmenter: $(VENV)/.train
	@$(BIN)/dictate models pull minilm
	@$(KEEP) $(BIN)/python -m models.segmenter.train
	@$(BIN)/python -m models.segmenter.export
	@$(BIN)/python -m models.segmenter.evaluate --tune

questions: $(VENV)/.train
	@$(BIN)/dictate models pull minilm
	@$(BIN)/python -m models.questions.train
	@$(BIN)/python -m models.questions.export
	@$(BIN)/python -m models.questions.evaluate --tune

clean:
	rm -rf $(VENV) $(DEMO) build dist
