# The commands of the portal. Each one prepares what it needs first; from the second time on that is skipped.
.DEFAULT_GOAL := help
.PHONY: help run test check format bench migrate worker lock messages clean
MAKEFLAGS += --no-print-directory

VENV := .venv/bin/python
SETUP = python=$$(tools/find-python) && "$$python" -m tools.setup

help: ## diese Übersicht
	@echo 'Allianzportal: make …'
	@sed -n 's/^\([a-z]*\):.*## /  \1\t/p' Makefile | expand -t 12

run: ## startet das Portal mit Demo-Daten auf http://127.0.0.1:$PORT (PORT=8000)
	@$(SETUP) run && exec $(VENV) -m tools.run

test: ## alle Tests; holt sich, was sie brauchen (ARGS="-k wort" wählt aus)
	@$(SETUP) test && exec $(VENV) -m tools.test $(ARGS)

check: ## Stil, Typen, Importrichtungen, Vorlagen, Übersetzbarkeit
	@$(SETUP) test && exec $(VENV) -m tools.check

format: ## bringt Python-Dateien in die gemeinsame Form
	@$(SETUP) test && .venv/bin/ruff check --fix --quiet . && .venv/bin/ruff format .

bench: ## misst Seiten, Speicher und Startzeiten
	@$(SETUP) test && exec $(VENV) -m tools.bench

migrate: ## bringt die Datenbank aus PORTAL_DATABASE_URL auf den neuen Stand
	@$(SETUP) run && exec .venv/bin/flask --app portal db upgrade

worker: ## verschickt Mails und erledigt Aufträge (make run startet ihn mit)
	@$(SETUP) run && exec .venv/bin/flask --app portal worker

lock: ## schreibt requirements*.txt und package-lock.json neu
	@$(SETUP) run && exec $(VENV) -m tools.lock

messages: ## gleicht die Übersetzungen mit den Texten ab und nennt, was fehlt
	@$(SETUP) test && exec $(VENV) -m tools.messages

clean: ## entfernt, was Set-up und Tests angelegt haben; instance/ bleibt
	rm -rf .venv .venv-node .venv-lock node_modules static/build portal/translations/.stamp portal/translations/*/LC_MESSAGES/*.mo
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* test-results
	find portal tools tests migrations -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
