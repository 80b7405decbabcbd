# 巡安 Xun'an. `make` alone lists what there is; whatever a target needs, it installs into .tools/ first.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run watch build test check soak shots bench advisories sbom

export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/end2end/node_modules/.bin:$(PATH)

DESK := -p ui -p office -p app --features app/hydrate --target wasm32-unknown-unknown
PHONE := -p client -p ui -p field -p app --features app/field --target wasm32-unknown-unknown

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## builds the product to look at it and serves it with invented data, http://127.0.0.1:3000 (ARGS="--addr …")
	@.ci/tools target npm
	node .ci/build.mjs demo
	XUNAN_SITE=target/demo-site target/demo-xunan demo $(ARGS)

watch: ## the same unoptimised, rebuilt whenever a file changes
	@.ci/tools target leptos bindgen npm
	XUNAN_SITE=target/watch-site cargo leptos watch --project xunan --lib-features field -- demo $(ARGS)

build: ## the release build: one program that carries its compressed pages, target/release/xunan
	@.ci/tools target npm
	node .ci/build.mjs release

test: ## every test: rules, client, server, phone's storage in Chromium, the product in Chromium (SUITES="domain server")
	@.ci/test $(SUITES)

soak: ## phones, servers and the worst of lines, drawn anew for as long as asked (SECONDS=3600), from a fresh seed
	XUNAN_SECONDS="$(or $(SECONDS),3600)" XUNAN_FIRST_SEED="$${XUNAN_FIRST_SEED:-$$(date +%s)000}" \
		cargo test --release --quiet -p server --test simulation -- --nocapture

check: ## formatting, lints, spelling, licences, words, documentation: all without running anything
	@.ci/tools target typos
	cargo metadata --locked --format-version 1 >/dev/null
	cargo fmt --all -- --check
	cargo fmt --manifest-path .ci/wasm-web/Cargo.toml -- --check
	cargo check --quiet -p domain --target wasm32-unknown-unknown
	cargo clippy --quiet --all-targets -- -D warnings
	cargo clippy --quiet $(DESK) --lib -- -D warnings
	cargo clippy --quiet $(PHONE) --lib --tests -- -D warnings
	@.ci/without storage leptos axum
	@.ci/without service leptos axum
	@.ci/without lists leptos
	@.ci/without client leptos
	@.ci/without field office
	@.ci/without office field client
	RUSTDOCFLAGS="-D warnings -A rustdoc::private_intra_doc_links" cargo doc --quiet --no-deps --document-private-items
	@.ci/tools deny
	cargo deny --log-level error check licenses bans sources
	cargo deny --log-level error --manifest-path .ci/wasm-web/Cargo.toml --config .deny.toml check licenses bans sources
	typos
	bash -n .ci/run .ci/test .ci/test-log .ci/tools .ci/without .ci/advisories .ci/contract_api
	for file in public/*.js server/src/pages/*.js .ci/*.mjs end2end/engines/*.mjs; do node --check "$$file"; done
	node .ci/words.mjs
	node .ci/messages.mjs
	node .ci/cited-tests.mjs SECURITY.md ARCHITECTURE.md CONTRIBUTING.md README.md
	node .ci/styles.mjs

shots: build ## pictures of every screen, into end2end/shots
	@.ci/tools chromium
	node end2end/shots.mjs

bench: build ## how large and how fast: the first visit, the phone's screens in Chromium, the server's answers
	@.ci/tools chromium postgres
	XUNAN_EMBED_SITE="$(CURDIR)/target/site" cargo bench --quiet -p server
	node end2end/bench/start.mjs
	node end2end/bench/wasm.mjs
	node end2end/bench/field.mjs
	node end2end/bench/taps.mjs
	node end2end/bench/form.mjs
	node end2end/bench/desk.mjs
	node end2end/bench/photos.mjs
	node end2end/bench/map.mjs

advisories: ## known weaknesses of what we depend on (fetches the advisory database)
	@.ci/advisories

sbom: ## what the program is made of, as CycloneDX: target/xunan.cdx.json
	@.ci/tools cyclonedx
	cargo cyclonedx --quiet --manifest-path server/Cargo.toml --format json --all --target x86_64-unknown-linux-gnu --override-filename xunan.cdx
	mv server/xunan.cdx.json target/
	rm -f app/xunan.cdx.json app/client/xunan.cdx.json app/client/fixtures/xunan.cdx.json app/domain/xunan.cdx.json app/field/xunan.cdx.json app/i18n/xunan.cdx.json \
		app/lists/xunan.cdx.json app/office/xunan.cdx.json app/ui/xunan.cdx.json server/authoring/xunan.cdx.json server/service/xunan.cdx.json server/storage/xunan.cdx.json server/test-support/xunan.cdx.json server/workbook/xunan.cdx.json
