# npm brings Node 24 along; everything here runs on it, whatever `node` the machine has.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo dev test fuzz check bench faults mutants seed screenshots docs

installed := node_modules/.package-lock.json
console := console/dist/index.html
console_sources := $(shell find console src/alert -type f -not -path 'console/dist/*')

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(installed) $(console) ## server, Console and the Slack simulator with a week of alerts, and a page that says what to try
	@exec node cli/tocsin.js demo

dev: $(installed) ## server and Console that follow your edits
	node --watch --max-semi-space-size=16 cli/tocsin.js serve & trap "kill $$!" EXIT; vite console

test: $(installed) $(console) ## every test, with a real PostgreSQL and a real browser
	sh test/chromium.sh
	sh test/alertmanager.sh
	sh test/debian-postgres.sh
	sh test/earlier-postgres.sh
	vitest run

fuzz: $(installed) ## thousands of odd requests to every door, from a new seed: FUZZ_SEED and FUZZ_RUNS repeat a run or lengthen it
	FUZZ_SEED=$${FUZZ_SEED:-$$RANDOM} FUZZ_RUNS=$${FUZZ_RUNS:-5000} vitest run test/fuzz src/ingest/any-body.test.ts test/stories/security/slack-fuzz.test.ts

check: $(installed) ## types, lint and format, dead code, architecture, licences
	tsc --noEmit
	biome check --error-on-warnings
	knip --no-progress
	vitest run test/architecture.test.ts test/licences.test.ts

bench: $(installed) ## the figures that Tocsin promises, into bench/results.json
	exec node bench/run.ts

faults: $(installed) ## each fault of docs/figures.md a hundred times under load, then nodes killed and restarted in turn
	sh test/debian-postgres.sh
	node bench/faults/run.ts
	node bench/faults/run.ts --fault node-killed --nodes 3 --times 24 --every 5 --seconds 120 --reports 1200
	node bench/faults/run.ts --fault node-restarted --proxied --nodes 3 --times 12 --every 10 --seconds 120 --reports 1200

mutants: $(installed) $(console) ## small faults put into the sources, each of which a test has to notice
	exec node test/mutants/run.ts

seed: $(installed) ## fill a running Tocsin through its API with a week's worth of believable alerts
	@exec node cli/demo/seed.ts

screenshots: $(installed) $(console) ## take the pictures of README and docs again
	sh test/chromium.sh
	node docs/screenshots.ts
	exec node docs/screenshots/simulator-pictures.ts --kept docs/pictures/simulator

docs: $(installed) ## these docs as a site with a search, into docs/dist/site, without the network
	exec node docs/site/build.ts

$(console): $(console_sources) package-lock.json | $(installed)
	npm run --silent console

# npm writes this file last, so it is as new as the last install that was finished.
$(installed): package-lock.json
	npm ci --ignore-scripts
	@touch $@
