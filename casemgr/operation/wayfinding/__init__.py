"""From a sentence a user says to the code: `manage.py where` (docs/a-walk-through.md)."""
