# connectorgen: everything one does with a checkout. `make help` lists it.

SHELL := /bin/bash
.DEFAULT_GOAL := help
PRODUCTS := .build/release
RELEASE := swift build -c release --static-swift-stdlib
# What people run is what is killed: the release build.
KILL_TRIAL := CONNECTORGEN_PRODUCTS=$(CURDIR)/$(PRODUCTS) swift test --skip-build --disable-xctest --filter KillTrial
AUTH_TRIAL := CONNECTORGEN_PRODUCTS=$(CURDIR)/$(PRODUCTS) \
	swift test --skip-build --disable-xctest --no-parallel --filter AuthServerTests.TrialTests

LOAD_TRIAL := CONNECTORGEN_PRODUCTS=$(CURDIR)/$(PRODUCTS) \
	swift test --skip-build --disable-xctest --no-parallel --filter AuthServerTests.TrialTests/load

SECONDS_EACH ?= 60

.PHONY: help setup build release test test-core lint format goldens docs demo bench kill-trial kill-trial-short
.PHONY: bench-auth screenshots store-trial auth-trial auth-trial-short load-trial load-trial-short keycloak-trial keycloak-trial-short fuzz fuzz-short sanitize valgrind ci clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' Makefile

setup: ## install the Debian packages that are missing
	@Scripts/setup

build: ## build both executables and the tests (debug)
	@swift build --build-tests --explicit-target-dependency-import-check error

release: ## build both executables for use, statically linked to the Swift libraries
	@$(RELEASE) --product connectorgen
	@$(RELEASE) --product connectorgen-auth

test: setup build ## set up, build and run all tests; a missing tool is a failure
	@Scripts/test

test-core: ## run the tests that need no other program; what is missing is skipped by name
	@Scripts/test --core

lint: ## check the formatting, scripts included
	@Scripts/lint

format: ## format all Swift sources
	@swift format format -i -r Package.swift Sources Tests Fuzz

goldens: build ## rewrite the expected outputs from what is built now; look at the diff before you commit
	@Scripts/goldens

docs: build ## rewrite the generated pages under docs/
	@Scripts/security-table --write
	@Scripts/goldens --filter ConnectorSpecTests --filter CodeCatalogueTests --filter ReferenceTests

screenshots: ## take pictures of the server's pages with Chromium, into .build/screenshots
	@Scripts/screenshots

demo: ## set up, build, serve the quickstart on loopback, and go the way of a client from discovery to a tool call
	@Scripts/setup --demo
	@$(RELEASE) --product connectorgen
	@$(RELEASE) --product connectorgen-auth
	@Scripts/demo

bench: release ## time and memory of `build` for 1 to 10,000 connectors, on 250 MB of disk that are free again afterwards
	@Scripts/bench $(PRODUCTS)/connectorgen

bench-auth: ## rates of `connectorgen-auth`, beside nginx and other servers in the same run; installs `wrk`
	@Scripts/setup --bench
	@$(MAKE) --no-print-directory release
	@$(RELEASE) --product oauth-store-trial
	@Scripts/bench-auth $(PRODUCTS)
	@Scripts/bench-auth $(PRODUCTS) --grants 100000 --without-peer

kill-trial: build release ## kill 200 builds at random moments: the output is the old or the new, never a mix
	@CONNECTORGEN_KILLS=200 $(KILL_TRIAL)

kill-trial-short: build release ## the same with 40 builds
	@CONNECTORGEN_KILLS=40 $(KILL_TRIAL)

store-trial: build ## kill the store's writer 200 times, and let 64 callers race for 1,000 codes and refresh tokens
	@CONNECTORGEN_KILLS=200 CONNECTORGEN_ROUNDS=1000 \
		swift test --skip-build --disable-xctest --no-parallel --filter OAuthStoresTests

auth-trial: build release ## kill the auth server 200 times under load, fill its disk, and let 64 clients race 1,000 times
	@CONNECTORGEN_KILLS=200 CONNECTORGEN_ROUNDS=1000 CONNECTORGEN_SAMPLES=10000 $(AUTH_TRIAL)

auth-trial-short: build release ## the same with 20 kills and 100 rounds
	@CONNECTORGEN_KILLS=20 CONNECTORGEN_ROUNDS=100 $(AUTH_TRIAL)

load-trial: build release ## 50 requests a second for a minute among 1,000 resting clients and 200 slow ones
	@CONNECTORGEN_SECONDS=60 $(LOAD_TRIAL)

load-trial-short: build release ## the same for 10 seconds
	@CONNECTORGEN_SECONDS=10 $(LOAD_TRIAL)

keycloak-trial: build ## run the Keycloak scripts on two real servers, from ../shared/keycloak
	@Scripts/keycloak-trial 26.7.3 26.5.6

keycloak-trial-short: build ## the same on one
	@Scripts/keycloak-trial 26.7.3

fuzz: ## run the parsers on mutated input for SECONDS_EACH (60) seconds each
	@Scripts/fuzz $(SECONDS_EACH)

fuzz-short: ## the same for 10 seconds each
	@Scripts/fuzz 10

sanitize: setup release ## run all tests under the address and the thread sanitizer, and the borders to C under valgrind
	@Scripts/sanitize

valgrind: release ## run both executables under valgrind alone
	@Scripts/valgrind

ci: ## what the continuous integration runs
	@.ci/run

clean: ## remove everything that was built
	@rm -rf .build .build-address .build-thread .venv .venv-mcp1 .venv-mcp2
