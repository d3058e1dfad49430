"""The text index: pairs of characters, so that a search finds exactly what LIKE would find, fast.

Derived tables without a model: never backed up, filled by `rebuild_index` and kept by the worker.
"""

from django.db import migrations

SQLITE = [
    "CREATE TABLE vacancies_searchtext (vacancy_id INTEGER PRIMARY KEY, body TEXT NOT NULL)",
    # Without content and sizes: the text stands in vacancies_searchtext, and nothing is ranked by length.
    "CREATE VIRTUAL TABLE vacancies_searchgrams USING fts5(body, content='', columnsize=0, tokenize='ascii')",
]
SQLITE_BACK = ["DROP TABLE vacancies_searchgrams", "DROP TABLE vacancies_searchtext"]

# The planner takes a common pair for a reason to read the whole table, vectors and all (330 ms instead of 50),
# and parallel workers cost more to start than they save: each function carries its own settings.
SETTINGS = "SET enable_seqscan = off SET jit = off SET max_parallel_workers_per_gather = 0"
POSTGRESQL = [
    "CREATE TABLE vacancies_searchtext (vacancy_id bigint PRIMARY KEY, body text NOT NULL)",
    "CREATE TABLE vacancies_searchgrams (vacancy_id bigint PRIMARY KEY, grams tsvector NOT NULL)",
    # The vector moves out of the row: 800 pages instead of 6,000 are read for a common pair.
    "ALTER TABLE vacancies_searchgrams SET (toast_tuple_target = 128)",
    "CREATE INDEX vacancies_searchgrams_gin ON vacancies_searchgrams USING gin (grams)",
    "CREATE FUNCTION vacancies_hits(wanted tsquery) RETURNS bytea LANGUAGE sql STABLE " + SETTINGS + " AS $$"
    " SELECT array_send(array_agg(vacancy_id)) FROM vacancies_searchgrams WHERE grams @@ wanted $$",
    "CREATE FUNCTION vacancies_hits_holding(wanted tsquery, patterns text[]) RETURNS bytea LANGUAGE sql STABLE "
    + SETTINGS
    + " AS $$"
    " SELECT array_send(array_agg(vacancy_id)) FROM vacancies_searchgrams JOIN vacancies_searchtext"
    " USING (vacancy_id) WHERE grams @@ wanted AND body LIKE ALL (patterns) $$",
]
POSTGRESQL_BACK = [
    "DROP FUNCTION vacancies_hits_holding(tsquery, text[])",
    "DROP FUNCTION vacancies_hits(tsquery)",
    "DROP TABLE vacancies_searchgrams",
    "DROP TABLE vacancies_searchtext",
]


def make(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0001_first_rows")]
    operations = [migrations.RunPython(make, unmake)]
