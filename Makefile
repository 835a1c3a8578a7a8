# `make` alone lists the targets: each line below that ends in `## …`.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
export SWIFT

# A thousand tests at once are a storm that no time limit survives.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 16

# STRICT=1 turns warnings into errors. SwiftPM keeps the flag from the dependencies. To build with
# it and without it by turns compiles our own modules each time, so CI sets it for all targets.
STRICT ?=
strict_flags := -Xswiftc -warnings-as-errors
flags := $(if $(STRICT),$(strict_flags))

# FILTER=words runs only the tests whose names match, where that makes sense.
FILTER ?=
filter = $(if $(FILTER),--filter '$(FILTER)')

# A report makes the run a failure. Swift's runtime leaves its metadata to the end of the process.
sanitizer_options := TSAN_OPTIONS="suppressions=$(CURDIR)/.ci/tsan.suppressions" \
  ASAN_OPTIONS=detect_leaks=0

release_binary := .build/release/sentop
release_is_current = test -x $(release_binary) && \
  test -z "$$(find Package.swift Sources themes -newer $(release_binary) -print -quit)"

swift_files := Package.swift Sources Tests themes \
  Benchmarks/Package.swift Benchmarks/Sources Benchmarks/Benchmarks

.NOTPARALLEL:
.PHONY: help demo test build release install lint docs format golden live resp2 tsan asan bench screen pictures clean

help:
	@awk -F ':.*## ' '/^[a-z0-9 ]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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

# A link that leads nowhere is an error. After `make test` with the same STRICT nothing of ours is
# compiled anew. To read: python3 -m http.server -d .build/plugins/Swift-DocC/outputs/sentop.doccarchive
docs: ## build the documentation of the library, and check its links
	@.ci/install swift ncurses
	$(SWIFT) package $(flags) generate-documentation --warnings-as-errors \
	  --enable-experimental-combined-documentation \
	  --target RESP --target SentinelModel --target RedisSentinel

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

resp2: ## run the live tests against servers that know no RESP3
	@.ci/install swift ncurses redis tmux
	LAB_RESP=2 $(SWIFT) test $(flags) --filter 'Live|SentinelLabTests'

# Instrumented builds stand beside the ordinary one: they compile everything anew.
tsan asan: ## run the tests under the thread or the address sanitizer (FILTER=words: only some)
	@.ci/install swift ncurses redis tmux
	$(sanitizer_options) $(SWIFT) test --scratch-path .build/$@ $(filter) \
	  --sanitize=$(if $(filter tsan,$@),thread,address)

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

screen: release ## measure what the screen costs, with 10 and with 1,000 masters
	@.ci/install python
	python3 Benchmarks/Screen/screen.py $(release_binary) 10 1000

pictures: release ## record the pictures of README anew, of a real failover
	@.ci/install redis tmux python font
	@test -x .build/pictures/bin/python || python3 -m venv .build/pictures
	@.build/pictures/bin/pip --quiet --disable-pip-version-check install Pillow
	.build/pictures/bin/python Pictures/record.py $(release_binary) Pictures

clean: ## remove what was built
	rm -rf .build Benchmarks/.build
