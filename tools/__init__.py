"""What `make` calls: set-up, running, testing, checking. Standard library only, except in .venv."""
