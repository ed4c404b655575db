# Ginnel. Each target is one line; what it does is in tools/.
PORT ?= 8000
PLACE ?= leeds

.PHONY: help demo test check bench

help: ## What you can do here
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

demo: ## Run the demonstration at http://localhost:8000/ (PORT=8000 PLACE=leeds)
	@tools/bootstrap.sh && exec .venv/bin/ginnel demo --port $(PORT) --place $(PLACE)

test: ## Run every test: on SQLite with journeys in a browser, then on PostgreSQL
	@tools/bootstrap.sh dev && exec .venv/bin/python tools/test.py

check: ## Lint, types, templates, import contracts, migrations, documentation
	@tools/bootstrap.sh dev && exec tools/check.sh

bench: ## Measure quality and speed beside the alternatives
	@tools/bootstrap.sh bench && exec tools/bench.sh
