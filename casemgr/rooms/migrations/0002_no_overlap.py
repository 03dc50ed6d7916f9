"""No two claims on one thing overlap: an exclusion constraint on PostgreSQL, triggers on SQLite (decision 0054)."""

from django.db import migrations

POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE rooms_claim ADD CONSTRAINT claim_no_overlap "
    "EXCLUDE USING gist (what WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)",
)
SQLITE = tuple(
    f"CREATE TRIGGER claim_no_overlap_{event.lower()} BEFORE {event} ON rooms_claim "
    "WHEN EXISTS (SELECT 1 FROM rooms_claim WHERE what = NEW.what AND id IS NOT NEW.id "
    "AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at) "
    "BEGIN SELECT RAISE(ABORT, 'claim_no_overlap'); END"
    for event in ("INSERT", "UPDATE")
)


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE rooms_claim DROP CONSTRAINT claim_no_overlap")
    else:
        for event in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER claim_no_overlap_{event}")


class Migration(migrations.Migration):

    dependencies = [("rooms", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
