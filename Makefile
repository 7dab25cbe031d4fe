# The same commands as in the README: `make demo` shows what Solander does, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
AT := 2026-11-23T12:00:00Z

.PHONY: test-scale screenshots help install debian debian-servers demo test test-browser test-servers lint archive docs corpora train clean
CORPORA := ../shared/corpora/extraction

help:
	@echo "make demo      pack a sample page into a new archive, validate it, show it"
	@echo "make test      format, lint, types and all tests (as root, with the Debian packages that some tests judge by)"
	@echo "make test-browser   the tests that need a browser"
	@echo "make test-servers   deposit into real repositories: InvenioRDM, SWORDv2, SFTP (installs them; minutes)"
	@echo "make test-scale   crawls of many pages, killed and poisoned, on this machine, on Dask and on Spark (minutes)"
	@echo "make screenshots    three pictures of the sample archive as it is shown, in .cache/screenshots"
	@echo "make archive   pack the sample pages into archive/ again, with a fixed moment"
	@echo "make docs      write the generated pages of docs/ again"
	@echo "make train     learn the model of the main text again from the corpora beside the project"
	@echo "make corpora   read every page of the corpora beside the project and judge what comes out"

# What runs Solander, and no more: a first look need not wait for what the tests want.
.venv/.usable: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.installed: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@$(BIN)/python -m compileall -q src
	@touch .venv/.usable $@

install: .venv/.installed

# jing judges TEI beside our own schema. Without root, the tests that ask it are skipped, by name.
debian:
	@if [ "$$(id -u)" = 0 ] && ! command -v jing >/dev/null && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq jing >/dev/null; fi

demo: .venv/.usable
	@rm -rf demo-archive
	$(BIN)/solander init demo-archive
	$(BIN)/solander pack tests/material/lighthouse.html --uri https://museum.example/stories/ledger --into demo-archive
	$(BIN)/solander validate demo-archive
	@$(BIN)/solander show demo-archive/*/

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# What is compiled is kept, by whoever has told Python otherwise too: each worker would compile all tests anew, and each
# process what was changed of the source. Which files are begun first, tests/begun_first.py says.
test: debian lint
	@$(BIN)/python -m compileall -q src
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

# Pages captured and views shown in a real browser: the extra, and Debian's Chromium where it may be installed.
test-browser: install
	@if [ "$$(id -u)" = 0 ] && ! command -v chromium >/dev/null && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[browser,test]'
	@if command -v npm >/dev/null; then npm install --silent --no-fund --no-audit --prefix .cache/npm axe-core@4.14.1; fi
	$(BIN)/pytest -m browser tests/live tests/viewing tests/serving

# Three pictures of the sample archive, in .cache/screenshots.
screenshots: install
	$(BIN)/python -m benchmarks.screenshots

# Repositories have hundreds of dependencies of their own: each has an environment of its own, and so has what installs.
.venv-servers/.installed: tests/servers/requirements-invenio.txt tests/servers/requirements-sword.txt
	@test -x .venv-servers/bin/python || $(PYTHON) -m venv .venv-servers
	.venv-servers/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
	@for server in invenio sword; do \
		test -x .venv-servers/$$server/bin/python || $(PYTHON) -m venv --without-pip .venv-servers/$$server; \
		.venv-servers/bin/uv pip install --quiet --python .venv-servers/$$server/bin/python \
			--requirement tests/servers/requirements-$$server.txt || exit 1; done
	@touch $@

debian-servers:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! { command -v redis-server && command -v sshd && \
		ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1; then apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server openssh-server postgresql >/dev/null; fi

test-servers: install debian-servers .venv-servers/.installed
	$(BIN)/pytest -m servers tests/depositing

# Spark is no dependency, for whoever has a cluster has it there: the lane brings PySpark (half a gigabyte) and a Java.
test-scale: install
	@if [ "$$(id -u)" = 0 ] && ! command -v java >/dev/null && command -v apt-get >/dev/null; then apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq default-jre-headless >/dev/null; fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dask,test]' 'pyspark>=4,<5'
	$(BIN)/pytest -m scale tests/batch

archive: install
	rm -rf archive/*/
	$(BIN)/solander pack tests/material/lighthouse.html --uri https://museum.example/stories/ledger --into archive --at $(AT) --quiet
	$(BIN)/solander pack tests/material/teahouse.html --uri https://archive.example/teahouse --into archive --at $(AT) --quiet
	$(BIN)/solander pack tests/material/reading-room.txt --uri https://readingroom.example/remarks --into archive --at $(AT) --quiet
	$(BIN)/solander validate archive

docs: install
	$(BIN)/python docs/generate.py

corpora: install debian
	$(BIN)/pytest -m corpora tests/test_corpora.py --all-pages -q

# The pages are read anew: what is learnt hangs on how they are read.
train: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	@mkdir -p build && rm -f build/pages.pickle
	$(BIN)/python -m training.train $(CORPORA) --cache build/pages.pickle
	$(BIN)/python -m training.flat $(CORPORA) --cache build/pages.pickle
	$(BIN)/python -m benchmarks.main_content.evaluate $(CORPORA) --cache build/pages.pickle --read

clean:
	rm -rf .venv .venv-servers demo-archive dist build
