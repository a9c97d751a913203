# npm brings Node 24 along; everything here runs on it, whatever `node` the machine has.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo dev test check bench seed screenshots

installed := node_modules/.package-lock.json
console := $(wildcard console/vite.config.ts)

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(installed) ## server, Console and a pretend Slack with a week of alerts, and a page that says what to try
	$(if $(console),npm run --silent console)
	@exec node cli/tocsin.js demo

dev: $(installed) ## server and Console that follow your edits
	node --watch cli/tocsin.js serve & trap "kill $$!" EXIT; vite console

test: $(installed) ## every test, with a real PostgreSQL and a real browser
	$(if $(console),npm run --silent console)
	sh test/chromium.sh
	vitest run

check: $(installed) ## types, lint and format, dead code, architecture, licences
	tsc --noEmit
	biome check --error-on-warnings
	knip --no-progress
	vitest run test/architecture.test.ts test/licences.test.ts

bench: $(installed) ## the figures that Tocsin promises, into bench/results.json
	exec node bench/run.ts

seed: $(installed) ## fill the database with believable alerts
	exec node bench/seed.ts

screenshots: $(installed) ## take the README's pictures again
	sh test/chromium.sh
	exec node docs/screenshots.ts

# npm writes this file last, so it is as new as the last install that was finished.
$(installed): package-lock.json
	npm ci --ignore-scripts
	@touch $@
