# What a newcomer needs: `make demo` to see it, `make test` to check it.

PORT ?= 7780
DEMO ?= mamori-data

.PHONY: help demo test fmt bench

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: ## build, fill a folder with the sample company, start, print the address (PORT=7780 DEMO=mamori-data)
	@cargo build --quiet --package mamori
	@test -e $(DEMO)/mamori.sqlite || target/debug/mamori demo --data $(DEMO)
	@target/debug/mamori serve --data $(DEMO) --listen 127.0.0.1:$(PORT)

test: ## everything that CI runs: format, lint, rules of the house, all tests on SQLite and PostgreSQL, browser journeys
	@scripts/test.sh

fmt: ## lay out the source
	@cargo fmt --all

bench: ## measure the speed table of the design on the release build; results in bench/RESULTS.md
	@scripts/install-deps.sh bench
	@cargo build --quiet --release --package mamori
	@bench/run.sh
