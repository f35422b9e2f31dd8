# make test   everything that CI checks; installs what it needs into .cache
# make check  the quick inner loop, without a browser
# make bench  the committed benchmarks
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
PYTHON := testdata/showcase testdata/showcase-all preview/page preview/proof/testdata scripts/modules scripts/editors editors/helix/test gallery
VENV := .cache/venv
LUA := .cache/lua
WEB := .cache/web
WEBIDL := .cache/webidl
FUZZTIME ?= 10s
export PYODIDE_LS_CACHE ?= $(CURDIR)/.cache/pyodide-ls

.PHONY: test check generate modules proofs gallery bench fuzz ecosystem realms neovim emacs helix clients picture tools
.DEFAULT_GOAL := check

# The rules run beside each other in the tests of the server, which look for races; their own pages are many.
test: tools
	@start=$$SECONDS; lap() { echo "== $$1: $$((SECONDS - start)) s"; start=$$SECONDS; }; \
	./scripts/format.sh; lap format; \
	go vet ./...; lap vet; \
	go tool -modfile=scripts/tools/go.mod staticcheck ./...; lap staticcheck; \
	$(VENV)/bin/ruff format --check $(PYTHON); $(VENV)/bin/ruff check --select E,F,W,I,UP,B,D,SIM,RET --ignore D203,D213,E501 $(PYTHON); $(VENV)/bin/mypy --strict preview/page; $(VENV)/bin/mypy --strict scripts/editors editors/helix/test; ./scripts/mypy.sh $(VENV)/bin/mypy; lap python; \
	(cd gallery/bridge && "$(CURDIR)/$(WEB)/node_modules/.bin/pyright" && "$(CURDIR)/$(VENV)/bin/python" -m pytest -q -p no:cacheprovider); lap bridge; \
	$(WEB)/node_modules/.bin/biome check --error-on-warnings preview/page preview/live/console preview/catalog/page gallery scripts/webidl/parse.mjs; for program in preview/page/jsconfig.json preview/live/console/jsconfig.json preview/catalog/page/jsconfig.json gallery/jsconfig.json gallery/jsconfig.workers.json; do $(WEB)/node_modules/.bin/tsc -p $$program; done; lap web; \
	$(LUA)/node_modules/.bin/stylua --check --config-path editors/neovim/stylua.toml editors scripts; luacheck -q --config editors/neovim/.luacheckrc editors scripts; lap lua; \
	git ls-files -z '*.sh' .ci/run | xargs -0 $(VENV)/bin/shellcheck; lap shell; \
	go test -race -timeout 30m $$(go list ./... | grep -v /rules); lap "go test"; \
	go test -timeout 30m ./rules/...; lap rules; \
	go run ./scripts/proofs; lap proofs; \
	go run ./scripts/gallery -some; lap gallery; \
	./scripts/validate.sh; lap validate; \
	./scripts/editors/run.sh neovim; lap neovim; \
	./scripts/editors/run.sh emacs; lap emacs; \
	./scripts/editors/run.sh helix; lap helix

check:
	./scripts/format.sh
	go vet ./...
	go test -short ./...

generate: $(WEBIDL)/done
	mkdir -p .cache
	go run ./scripts/webidl $(WEBIDL) > .cache/web.txt && mv .cache/web.txt analysis/pyodide/web.txt
	go run ./cmd/pyodide-ls rules --markdown > .cache/rules.md && mv .cache/rules.md rules/README.md
	go run ./cmd/pyodide-ls schema > .cache/schema.json && mv .cache/schema.json docs/pyodide-ls.schema.json
	go test ./gallery -run TestLists -update
	go run ./scripts/ecosystem -report

# What the pinned releases of Pyodide have to import, as they say in a real browser.
modules: chromium
	go run ./scripts/modules

# Every example of every rule, in a real browser on every version of Pyodide; UPDATE=1 writes the tables of the pages.
proofs: chromium
	go run ./scripts/proofs $(if $(UPDATE),-update)

# Every pattern of the gallery, or those that NAME names ("reactive-* worker-pool"), in a real browser on every version of
# Pyodide; UPDATE=1 writes what is measured, and takes the pictures.
gallery: chromium
	go run ./scripts/gallery $(if $(UPDATE),-update) $(foreach name,$(NAME),"$(name)")

bench:
	go test -run '^$$' -bench . -benchmem ./...

fuzz:
	go test -run '^$$' -fuzz 'FuzzParse$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/syntax
	go test -run '^$$' -fuzz FuzzParseScript -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/syntax
	go test -run '^$$' -fuzz 'FuzzSession$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/syntax
	go test -run '^$$' -fuzz FuzzScriptSession -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/syntax
	go test -run '^$$' -fuzz FuzzRead -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/syntax/host
	go test -run '^$$' -fuzz FuzzTokens -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/syntax/host
	go test -run '^$$' -fuzz FuzzLinks -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/syntax/host
	go test -run '^$$' -fuzz FuzzScript -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/syntax/host
	go test -run '^$$' -fuzz FuzzEvidenceIn -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/realm
	go test -run '^$$' -fuzz FuzzMarksIn -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/realm
	go test -run '^$$' -fuzz FuzzMap -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/source
	go test -run '^$$' -fuzz FuzzPositions -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./analysis/source
	go test -run '^$$' -fuzz FuzzChange -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./lsp

# DIR holds checkouts of the repositories in testdata/ecosystem.tsv, each in a folder owner__name; UPDATE=1 writes what
# is found into the table.
ecosystem:
	go run ./scripts/ecosystem $(if $(UPDATE),-update) "$(DIR)"

# DIR holds checkouts of the repositories in testdata/realms.tsv, each in a folder owner__name.
realms:
	go run ./scripts/realms "$(DIR)"

# The plugin and the server in three versions of Neovim.
neovim:
	./scripts/editors/run.sh neovim

# The server, with the set-ups of the READMEs, in two versions of Emacs and of Helix.
emacs:
	./scripts/editors/run.sh emacs
helix: $(VENV)/done
	./scripts/editors/run.sh helix

# What these editors say they can do, recorded anew.
clients: $(VENV)/done
	./scripts/editors/record.sh

# The picture in the README, taken anew.
picture:
	./scripts/neovim/picture.sh

tools: $(VENV)/done $(LUA)/done $(WEB)/done $(WEBIDL)/done chromium
	@command -v $${CC:-cc} >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy gcc libc6-dev; }
	@command -v luacheck >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy lua-check; }

.PHONY: chromium
chromium:
	@[ -n "$${PYODIDE_LS_BROWSER:-}" ] || command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy chromium; }

$(VENV)/done: scripts/requirements.txt
	python3 -c 'import ensurepip' 2>/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy python3-venv; }
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install -q --disable-pip-version-check --require-hashes -r scripts/requirements.txt
	touch $@

$(LUA)/done: scripts/tools/lua/package.json scripts/tools/lua/package-lock.json
	command -v npm >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy npm; }
	mkdir -p $(LUA) && cp $^ $(LUA)
	cd $(LUA) && npm ci --silent --ignore-scripts --no-audit --no-fund
	touch $@

$(WEB)/done: scripts/tools/web/package.json scripts/tools/web/package-lock.json
	command -v npm >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy npm; }
	mkdir -p $(WEB) && cp $^ $(WEB)
	cd $(WEB) && npm ci --silent --ignore-scripts --no-audit --no-fund
	touch $@

$(WEBIDL)/done: scripts/webidl/package.json scripts/webidl/package-lock.json
	command -v npm >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy npm; }
	mkdir -p $(WEBIDL) && cp $^ $(WEBIDL)
	cd $(WEBIDL) && npm ci --silent --ignore-scripts --no-audit --no-fund
	touch $@
