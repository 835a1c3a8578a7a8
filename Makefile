# `make` alone lists the targets: each line below that ends in `## …`.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
export SWIFT

# STRICT=1 turns warnings into errors. SwiftPM keeps the flag from the dependencies. To build with
# it and without it by turns compiles our own modules each time, so CI sets it for all targets.
STRICT ?=
strict_flags := -Xswiftc -warnings-as-errors
flags := $(if $(STRICT),$(strict_flags))

# FILTER=words runs only the tests whose names match, where that makes sense.
FILTER ?=
filter = $(if $(FILTER),--filter '$(FILTER)')

release_binary := .build/release/sentop
release_is_current = test -x $(release_binary) && \
  test -z "$$(find Package.swift Sources themes -newer $(release_binary) -print -quit)"

swift_files := Package.swift Sources Tests themes \
  Benchmarks/Package.swift Benchmarks/Sources Benchmarks/Benchmarks

.NOTPARALLEL:
.PHONY: help demo test build release install lint format golden live bench clean

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# A debug build is ready in half the time of a release build, and fast enough for a handful of
# servers; a release build that is there and up to date costs nothing.
demo: ## watch a deployment of real servers on this machine, in the terminal
	@.ci/install swift ncurses redis
	@if $(release_is_current); then exec $(release_binary) demo; fi; \
	  $(SWIFT) build --product sentop $(flags) && \
	  exec "$$($(SWIFT) build --show-bin-path)/sentop" demo

test: ## run every test, the live ones included (FILTER=words: only some)
	@.ci/install swift ncurses redis tmux
	$(SWIFT) build --build-tests $(flags)
	$(SWIFT) test $(flags) $(filter)

build: ## build for debugging
	@.ci/install swift ncurses
	$(SWIFT) build $(flags)

release: ## build optimized, with Swift's own libraries inside the binary
	@.ci/install swift ncurses
	$(SWIFT) build -c release --product sentop --static-swift-stdlib $(flags)

# After `make release`, `sudo make install` needs no Swift and leaves no file of root's in .build.
install: ## put the release binary into PREFIX/bin (PREFIX=/usr/local DESTDIR=)
	@$(release_is_current) || $(MAKE) release
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(release_binary) "$(DESTDIR)$(PREFIX)/bin/sentop"

lint: ## check the shape of the code and the scripts, and that nothing warns
	@.ci/install swift ncurses
	$(SWIFT) format lint --strict --parallel --recursive $(swift_files)
	sh -n .ci/install && bash -n .ci/run && sh -n Benchmarks/Peers/prepare
	@if command -v shellcheck >/dev/null; then shellcheck .ci/install .ci/run \
	  Benchmarks/Peers/prepare; fi
	$(SWIFT) build --build-tests $(strict_flags)

format: ## bring the code into shape
	@.ci/install swift
	$(SWIFT) format --in-place --parallel --recursive $(swift_files)

golden: ## record the screens that tests compare with anew (FILTER=words: only some)
	@.ci/install swift ncurses
	RECORD_GOLDEN=1 $(SWIFT) test $(flags) --skip 'Live|SentinelLabTests' $(filter)
	@git --no-pager diff --stat -- Tests

live: ## run only the tests against real servers and a real terminal
	@.ci/install swift ncurses redis tmux
	$(SWIFT) test $(flags) --filter 'Live|SentinelLabTests'

# SwiftPM looks for new files only in the package that it is called for, not in those beside it.
look_anew := --disable-build-manifest-caching

bench: release ## measure the library beside its peers, and print one table of ratios
	@.ci/install redis redis-benchmark cc python
	@Benchmarks/Peers/prepare Benchmarks/.build/peers
	cd Benchmarks && $(SWIFT) build -c release $(flags) $(look_anew)
	@Benchmarks/.build/release/Compare --sentop $(release_binary) \
	  --peers Benchmarks/.build/peers --python Benchmarks/.build/peers/python/bin/python \
	  --script Benchmarks/Peers/peer.py --fixtures Tests/Fixtures \
	  --results Benchmarks/.results $(FILTER)

clean: ## remove what was built
	rm -rf .build Benchmarks/.build
