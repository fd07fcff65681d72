"""The written forms of answers."""

from __future__ import annotations

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from kg.errors import QueryError

ROW_FORMS = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
GRAPH_FORMS = {"nt": RdfFormat.N_TRIPLES, "ttl": RdfFormat.TURTLE}


def written(answer: QuerySolutions | QueryBoolean | QueryTriples, form: str) -> bytes:
    """The answer in the form that is asked for."""
    graph = isinstance(answer, QueryTriples)
    check_form(form, graph=graph)
    if isinstance(answer, QueryTriples):
        return answer.serialize(format=GRAPH_FORMS[form]) or b""
    if isinstance(answer, QueryBoolean) and form in {"csv", "tsv"}:  # the standard has no such form for ASK
        return f"{str(bool(answer)).lower()}\n".encode()
    return answer.serialize(format=ROW_FORMS[form]) or b""


def check_form(form: str, *, graph: bool) -> None:
    """An error where answers of this kind cannot be written in `form`."""
    fitting = GRAPH_FORMS if graph else ROW_FORMS
    if form in fitting:
        return
    what, kind = ("图", "a graph") if graph else ("表", "rows")
    forms = ", ".join(fitting)
    raise QueryError(
        f"结果是{what}，不能写成“{form}”；可用：{forms}", f"the answer is {kind}, which cannot be written as {form!r}; one of {forms}"
    )
