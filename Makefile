# Two commands do everything: `make demo` and `make test`. The rest is for those who work on the product.

SHELL := /bin/bash
PORT ?= 8000
DATA ?= ./data
JSON ?=
BIG ?=
N ?= 20
VENV := .venv/bin

.PHONY: help demo setup test check bench survive fuzz mutation attack looks lock migrations messages runtime dev

help:  ## show these lines
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

demo: runtime  ## the product with a sample organization, at http://localhost:$(PORT), kept in $(DATA)
	exec $(VENV)/guiju demo --port $(PORT) --data $(DATA)

setup:  ## look for Chromium, PostgreSQL, Chinese fonts, gettext and pdfsig, and install what is missing
	@scripts/setup.sh

test: setup dev  ## the whole suite, on SQLite and on PostgreSQL
	@scripts/test.sh

check: dev  ## style, layers, types, migrations, messages, API schema, written pages, locks
	@scripts/check.sh

bench: dev  ## what a page costs beside a bare view, on both databases; JSON=FILE keeps the rows, BIG=1 with a million
	$(VENV)/python -m bench $(if $(JSON),--json $(JSON)) $(if $(BIG),--big) $(BENCH)

survive: dev  ## kill the product N times while it writes, on both databases: nothing acknowledged may be lost
	$(VENV)/python -m survive --rounds $(N) $(SURVIVE)

fuzz: dev  ## anything at all, sent to the API on both databases and to every reader: N per operation, 50 N per property
	$(VENV)/python -m fuzz --examples $(N) $(FUZZ)

mutation: dev  ## put single faults into spine and lib: would a test notice?
	$(VENV)/python -m mutation $(MUTATION)

looks: dev  ## every page, in both languages, themes and widths, through axe
	$(VENV)/python -m looks $(LOOKS)

attack: dev  ## Wapiti and sqlmap against a demonstration on scratch data, signed in as contributor and as guest
	@scripts/attack.sh $(ATTACK)

lock: dev  ## resolve the dependencies anew and write both locks
	@scripts/lock.sh

migrations: dev  ## write the migrations that the models ask for
	$(VENV)/python -m django makemigrations --settings guiju.project.settings

messages: dev  ## collect the messages from the source and compile the catalogues
	$(VENV)/python scripts/messages.py collect compile

runtime:
	@scripts/environment.sh runtime

dev:
	@scripts/environment.sh dev
