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

# The planner takes a common pair for a reason to read the whole table (330 ms instead of 50), and parallel
# workers cost more to start than they save: each function carries its own settings.
SETTINGS = "SET enable_seqscan = off SET jit = off SET max_parallel_workers_per_gather = 0"
POSTGRESQL = [
    "CREATE TABLE vacancies_searchtext (vacancy_id bigint PRIMARY KEY, body text NOT NULL)",
    # Pairs of characters and the last one alone.
    "CREATE FUNCTION vacancies_grams_of(body text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$"
    " SELECT array_to_tsvector(array(SELECT DISTINCT letter || coalesce(lead(letter) OVER (ORDER BY n), '')"
    " FROM unnest(string_to_array(body, NULL)) WITH ORDINALITY AS t(letter, n))) $$",
    "CREATE INDEX vacancies_searchtext_gin ON vacancies_searchtext USING gin (vacancies_grams_of(body))",
    "CREATE FUNCTION vacancies_hits(wanted tsquery) RETURNS bytea LANGUAGE sql STABLE {settings} AS $$"
    " SELECT array_send(array_agg(vacancy_id)) FROM vacancies_searchtext"
    " WHERE vacancies_grams_of(body) @@ wanted $$",
    "CREATE FUNCTION vacancies_hits_holding(wanted tsquery, pattern text) RETURNS bytea LANGUAGE sql STABLE"
    " {settings} AS $$ SELECT array_send(array_agg(vacancy_id)) FROM vacancies_searchtext"
    " WHERE vacancies_grams_of(body) @@ wanted AND body LIKE pattern $$",
]
POSTGRESQL_BACK = [
    "DROP FUNCTION vacancies_hits_holding(tsquery, text)",
    "DROP FUNCTION vacancies_hits(tsquery)",
    "DROP TABLE vacancies_searchtext",
    "DROP FUNCTION vacancies_grams_of(text)",
]


def make(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return _run(schema_editor, SQLITE)
    return _run(schema_editor, [one.format(settings=SETTINGS) for one in POSTGRESQL])


def unmake(apps, schema_editor):
    _run(schema_editor, POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK)


def _run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0001_first_rows")]
    operations = [migrations.RunPython(make, unmake)]
