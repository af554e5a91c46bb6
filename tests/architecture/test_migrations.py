"""The numbered files lead to the models, step by step, both ways, with rows in them, on both databases."""

import re

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, inspect, select
from sqlalchemy import func as sql
from sqlalchemy import table as sql_table

from liaison.core.db import Base
from liaison.core.db import db as extension
from tests import cast, databases
from tests.architecture.source import ROOT
from tests.conftest import create_app

FOLDER = ROOT / "migrations"
NUMBERS = sorted(path.stem[:4] for path in (FOLDER / "versions").glob("[0-9]*.py"))


@pytest.fixture
def unbuilt(request, worker_id):
    """An application on a database of its own without tables."""
    database = databases.KINDS[request.param](f"{worker_id}_migrating")
    app = create_app({"INSTANCE": databases.folder(), "DATABASE_URL": database.url, "SECRET_KEY": "only for tests"})
    with app.app_context():
        yield app
        extension.session.remove()
        extension.engine.dispose()


def go(app, revision):
    config = app.extensions["migrate"].migrate.get_config()
    is_down = revision == "base" or revision < (present() or "")
    (command.downgrade if is_down else command.upgrade)(config, revision)


def present():
    with extension.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def schema():
    """Everything the database knows about its tables, as lines that do not depend on how they were made."""
    look = inspect(extension.engine)
    names = set(look.get_table_names()) - {"alembic_version"}
    return {f"{name} {line}" for name in names for line in lines(look, name)} | triggers()


def lines(look, name):
    yield f"primary key {look.get_pk_constraint(name)['constrained_columns']}"
    yield from (f"column {c['name']} {c['type']} {c['nullable']} {c['default']}" for c in look.get_columns(name))
    yield from (
        f"key {k['name']} {k['constrained_columns']} → {k['referred_table']}" for k in look.get_foreign_keys(name)
    )
    yield from (f"unique {u['name']} {u['column_names']}" for u in look.get_unique_constraints(name))
    yield from (f"check {c['name']} {c['sqltext']}" for c in look.get_check_constraints(name))
    yield from (f"index {i['name']} {i['column_names']} {i['unique']} {where(i)}" for i in look.get_indexes(name))


def where(index):
    return str(next((v for k, v in index.get("dialect_options", {}).items() if k.endswith("_where")), ""))


def triggers():
    asked = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    }
    with extension.engine.connect() as connection:
        return {f"trigger {row}" for row in connection.exec_driver_sql(asked[connection.dialect.name])}


def test_the_head_equals_the_models(unbuilt):
    """Alembic compares tables, columns and keys; checks and triggers, which it overlooks, are compared here."""
    extension.create_all()
    wanted = schema()
    extension.drop_all()
    go(unbuilt, "head")
    assert sorted(schema() ^ wanted) == []
    with extension.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_each_step_goes_down_and_up_with_rows_in_it(unbuilt):
    go(unbuilt, "head")
    cast.settle()
    cast.noise()
    extension.session.commit()
    wanted = schema()
    before = rows()
    for number in reversed(NUMBERS):  # one step further down each time, and back up over the last of them
        go(unbuilt, f"{int(number) - 1:04d}" if number != NUMBERS[0] else "base")
        left = rows()
        assert left == {name: count for name, count in before.items() if name in left}, f"{number} down"
        go(unbuilt, number)
        assert left.items() <= rows().items(), f"{number} up again"
        before = left
    go(unbuilt, "base")
    assert not set(rows())
    go(unbuilt, "head")
    assert sorted(schema() ^ wanted) == []


def rows():
    names = set(inspect(extension.engine).get_table_names()) - {"alembic_version"}
    counted = {name: select(sql.count()).select_from(sql_table(name)) for name in names}
    with extension.engine.connect() as connection:
        return {name: connection.scalar(count) for name, count in counted.items()}


def test_rebuilding_a_table_keeps_the_rows_that_point_to_it(unbuilt, tmp_path):
    """With foreign keys watched, SQLite would delete or refuse them (stack.md §0, trap 4)."""
    go(unbuilt, "head")
    cast.settle()
    extension.session.commit()
    before = rows()
    wider = 'with op.batch_alter_table("person") as table: table.alter_column("name", type_=sa.String(60))'
    plant(unbuilt, tmp_path, wider)
    go(unbuilt, "9999")
    assert rows() == before


def test_a_step_that_leaves_rows_pointing_nowhere_is_undone(unbuilt, tmp_path):
    go(unbuilt, "head")
    cast.settle()
    extension.session.commit()
    before = rows()
    plant(unbuilt, tmp_path, "op.execute(\"DELETE FROM person WHERE login = 'wang'\")")
    with pytest.raises(Exception, match=r"point nowhere|violates foreign key"):
        go(unbuilt, "9999")
    assert rows() == before
    assert present() == NUMBERS[-1]


def plant(app, folder, statement):
    """A further step in a copy of the folder."""
    copy = folder / "migrations"
    (copy / "versions").mkdir(parents=True)
    for path in [*FOLDER.glob("*.*"), *FOLDER.glob("versions/[0-9]*.py")]:
        (copy / path.relative_to(FOLDER)).write_text(path.read_text("utf-8"), "utf-8")
    head = f"revision, down_revision = '9999', '{NUMBERS[-1]}'\nimport sqlalchemy as sa\nfrom alembic import op\n"
    (copy / "versions" / "9999_planted.py").write_text(f"{head}def upgrade():\n    {statement}\n", "utf-8")
    app.extensions["migrate"].migrate.directory = str(copy)


def test_the_connections_of_the_program_watch_foreign_keys_again(unbuilt):
    go(unbuilt, "head")
    if extension.engine.dialect.name == "sqlite":
        with extension.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_step_waits_four_seconds_for_a_lock_at_most(unbuilt):
    heard = {}

    def ask(connection, *_rest):
        if connection.dialect.name == "postgresql" and "lock_timeout" not in heard:
            heard["lock_timeout"] = connection.connection.execute("SHOW lock_timeout").fetchone()[0]

    event.listen(extension.engine, "before_cursor_execute", ask)
    go(unbuilt, NUMBERS[0])
    event.remove(extension.engine, "before_cursor_execute", ask)
    assert heard.get("lock_timeout", "4s") == "4s"


def test_the_files_are_numbered_without_a_gap_and_say_how_to_go_back():
    assert NUMBERS == [f"{n:04d}" for n in range(1, len(NUMBERS) + 1)]
    for path in (FOLDER / "versions").glob("[0-9]*.py"):
        assert re.search(r"def downgrade\(\) -> None:\n    (?!pass)", path.read_text("utf-8")), path.name


def test_the_note_of_the_newest_number_is_right():
    """Two branches that both add a step collide in this file, not on somebody's server."""
    assert (FOLDER / ".head").read_text().strip() == NUMBERS[-1]
    assert ScriptDirectory(str(FOLDER)).get_heads() == [NUMBERS[-1]]
