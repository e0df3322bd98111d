"""A database as web pages and JSON: tables, views, search, the query book, and queries.

Reading only, one database, one statement a time: each answer has at most `ROWS` rows and each query
ends after `SECONDS`. The pages need no script and load nothing from elsewhere.
"""

import csv
import io
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from jinja2 import DictLoader, Environment
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from flows.command.asking import book
from flows.command.asking.database import NotOneStatement, ask
from schemas.ddl import quoted

ROWS = 1_000
PAGE = 100
SECONDS = 10.0
LONGEST = 20_000  # characters of a query
AT_ONCE = 4  # queries that are carried out side by side; others wait
LIMITS = {"memory_limit": "1GB", "threads": "2"}
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
TEMPLATE = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")


class Found(NamedTuple):
    """An answer as JSON values; `more`: there are rows beyond the limit."""

    columns: list[str]
    rows: list[list[Any]]
    more: bool


class Wrong(Exception):
    """A question that has no answer, and the HTTP status that says why."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


class Site:
    """The pages of one open database; `seconds` is how long a query may take."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, seconds: float = SECONDS) -> None:
        self.connection = connection
        self.seconds = seconds
        self.places = threading.BoundedSemaphore(AT_ONCE)
        self.page = Environment(
            loader=DictLoader({"page": TEMPLATE}), autoescape=True, trim_blocks=True
        ).get_template("page")
        self.about: dict[str, str] = dict(
            connection.execute("select fact, text from about order by position").fetchall()
        )
        self.dictionary = connection.execute(
            "select name, kind, meaning from data_dictionary where column_name is null and"
            " kind in ('table', 'view') order by kind desc, position"
        ).fetchall()
        self.names = {name for name, _, _ in self.dictionary}

    def answer(
        self, query: str, values: Mapping[str, str] | None = None, most: int = ROWS
    ) -> Found:
        """The answer to one statement. Raises Wrong."""
        if len(query) > LONGEST:
            raise Wrong(413, f"A query has at most {LONGEST:,} characters.")
        with self.places, self.connection.cursor() as cursor, _limited(cursor, self.seconds) as out:
            try:
                relation = ask(cursor, query, values)
                if relation is None:
                    return Found([], [], False)
                columns = relation.columns
                rows = relation.limit(most + 1).to_arrow_table()
            except NotOneStatement as error:
                raise Wrong(400, str(error)) from error
            except (duckdb.Error, RuntimeError) as error:
                if out.is_set():
                    message = f"The query took longer than {self.seconds:g} seconds."
                    raise Wrong(408, message) from error
                raise Wrong(400, str(error).rstrip()) from error
        values_of = [column.to_pylist() for column in rows.columns]
        lines = [list(row) for row in zip(*values_of, strict=True)]
        return Found(columns, lines[:most], len(lines) > most)

    def table(self, name: str, filters: Mapping[str, str], offset: int) -> Found:
        """A page of a table or view, of the rows whose columns have the given values as text."""
        if name not in self.names:
            raise Wrong(404, f"There is no table or view {name}.")
        columns = {
            row[0]
            for row in self.connection.cursor()
            .execute(
                "select column_name from data_dictionary"
                " where name = ? and column_name is not null",
                [name],
            )
            .fetchall()
        }
        unknown = filters.keys() - columns
        if unknown:
            raise Wrong(400, f"{name} has no column {', '.join(sorted(unknown))}.")
        # The names are those of the dictionary; what was typed is bound.
        wanted = {f"v{number}": value for number, value in enumerate(filters.values())}
        tests = [f"{quoted(c)}::varchar = ${p}" for c, p in zip(filters, wanted, strict=True)]
        where = f" where {' and '.join(tests)}" if tests else ""
        query = f"from {quoted(name)}{where} limit {PAGE + 1} offset {offset}"
        return self.answer(query, wanted, PAGE)


@contextmanager
def _limited(cursor: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[threading.Event]:
    """Interrupts what the cursor does when the time is over; the event says that it was."""
    out = threading.Event()

    def stop() -> None:
        out.set()
        cursor.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield out
    finally:
        timer.cancel()


def application(site: Site, hosts: list[str]) -> Starlette:
    """The web application of a site, which answers under the given host names only: a page of
    somebody else in the reader's browser cannot ask it under another name."""

    def route(
        path: str, view: Callable[[Site, Request], tuple[str, dict[str, Any], Found | None]]
    ) -> list[Route]:
        async def respond(request: Request) -> Response:
            form = request.path_params.get("form") or "html"
            return await run_in_threadpool(_respond, site, request, view, form)

        return [
            Route(path, respond, methods=["GET"]),
            Route(f"{path.rstrip('/') or '/index'}.{{form}}", respond, methods=["GET"]),
        ]

    routes = [
        *route("/tables/{name}", _table),
        *route("/queries/{name}", _question),
        *route("/queries", _questions),
        *route("/search", _search),
        *route("/sql", _sql),
        *route("/", _home),
    ]
    # The form with an ending is tried first: a name has no full stop.
    routes.sort(key=lambda r: not r.path.endswith("}") or "form" not in r.path)
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
            Middleware(_Headers),
        ],
        exception_handlers={404: _missing},
    )


class _Headers(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        response.headers.update(HEADERS)
        return response


async def _missing(request: Request, _: Exception) -> Response:
    return JSONResponse({"error": f"There is no page {request.url.path}."}, 404)


View = Callable[[Site, Request], tuple[str, dict[str, Any], Found | None]]
"""Site and request → title, what the page shows besides, and the rows."""


def _respond(site: Site, request: Request, view: View, form: str) -> Response:
    status = 200
    try:
        title, more, found = view(site, request)
    except Wrong as wrong:
        status, title, more, found = wrong.status, "This has no answer", {"error": str(wrong)}, None
    if form == "json":
        facts = {"version": site.about.get("version"), "title": title, **more}
        if found:
            rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
            facts |= {"columns": found.columns, "rows": rows, "more": found.more}
        text = json.dumps(facts, ensure_ascii=False, default=str)
        return Response(text, status, media_type="application/json")
    if form == "csv" and found:
        return Response(_csv(found), status, media_type="text/csv; charset=utf-8")
    if form not in ("html", "csv"):
        return JSONResponse({"error": "A page ends with .json or .csv."}, 404)
    text = site.page.render(
        title=title,
        found=found,
        about=site.about,
        dictionary=site.dictionary,
        request=request,
        shown=_shown,
        **more,
    )
    return HTMLResponse(text, status)


def _csv(found: Found) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(found.columns)
    writer.writerows([[None if v is None else _shown(v) for v in row] for row in found.rows])
    return text.getvalue()


def _shown(value: Any) -> str:
    """A value as text: lists and structures as JSON."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _home(site: Site, _: Request) -> tuple[str, dict[str, Any], Found | None]:
    tables = [{"name": n, "kind": k, "meaning": m} for n, k, m in site.dictionary]
    return site.about.get("title", "IDM Open Data"), {"facts": site.about, "tables": tables}, None


def _table(site: Site, request: Request) -> tuple[str, dict[str, Any], Found | None]:
    name = request.path_params["name"]
    asked = dict(request.query_params)
    try:
        offset = max(int(asked.pop("offset", "0")), 0)
    except ValueError:
        raise Wrong(400, "offset is a number of rows.") from None
    found = site.table(name, asked, offset)
    meaning = next(meaning for n, _, meaning in site.dictionary if n == name)
    after = offset + PAGE if found.more else None
    return name, {"meaning": meaning, "offset": offset, "next_offset": after}, found


def _questions(site: Site, _: Request) -> tuple[str, dict[str, Any], Found | None]:
    return "Questions", {}, site.answer("select number, name, question, shows from queries")


def _question(site: Site, request: Request) -> tuple[str, dict[str, Any], Found | None]:
    with site.connection.cursor() as cursor:
        question = book.find(cursor, request.path_params["name"])
    if question is None:
        raise Wrong(404, "There is no such question.")
    more = {"query": question.query, "variables": question.variables}
    if question.files:
        more["error"] = (
            f"This question reads a file of your own: {question.files}. Ask with idm sql."
        )
        return question.question, more, None
    return question.question, more, site.answer(question.query, dict(request.query_params))


def _search(site: Site, request: Request) -> tuple[str, dict[str, Any], Found | None]:
    words = request.query_params.get("words", "")[:LONGEST]
    query = (
        "select rank, kind, row_id, snippet, session_id, document_id, char_start, char_end"
        " from search($words, most := 50)"
    )
    return "Search", {"words": words}, site.answer(query, {"words": words}) if words else None


def _sql(site: Site, request: Request) -> tuple[str, dict[str, Any], Found | None]:
    values = dict(request.query_params)
    query = values.pop("query", "")
    if any(not (name.isascii() and name.isidentifier()) for name in values):
        raise Wrong(400, "A parameter is named by letters, digits and _.")
    return "Query", {"query": query}, site.answer(query, values) if query.strip() else None
