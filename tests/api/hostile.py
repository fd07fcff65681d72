"""Requests that are meant to bring a server down, each a few lines of what people have tried."""

from __future__ import annotations

from collections.abc import Mapping

GRAPH = "urn:hostile"
TRIPLES = 3000  # in the store that they are asked of: its square is what some of them go through


def lines() -> bytes:
    """A graph that has something to sort, to join and to walk along."""
    told = [f'<urn:n{i}> <urn:next> <urn:n{i + 1}> .\n<urn:n{i}> <urn:value> "value {i * 7919 % TRIPLES}" .\n' for i in range(TRIPLES)]
    return "".join(told).encode()


def _chain(length: int) -> str:
    return " . ".join(f"?v{i} <urn:next> ?v{i + 1}" for i in range(length))


_CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"

# Deep or long for a parser or an optimiser: refused before, or ended with their worker.
DEEP: Mapping[str, str] = {
    "nested-braces": "SELECT * " + "{" * 2200 + "}" * 2200,
    "nested-optional": "SELECT * { " + "OPTIONAL { " * 5000 + "?s ?p ?o " + "} " * 5000 + "}",
    "flat-optional": "SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o } " * 5000 + "}",
    "union-arms": "SELECT * { " + " UNION ".join("{ ?s ?p ?o }" for _ in range(20_000)) + " }",
    "negations": "SELECT * { FILTER(" + "!" * 20_000 + "true) }",
    "nested-parentheses": "SELECT * { FILTER(" + "(" * 20_000 + "true" + ")" * 20_000 + ") }",
    "nested-exists": "SELECT * { " + "FILTER EXISTS { " * 1000 + "?s ?p ?o" + " }" * 1000 + " }",
    "nested-lists": "SELECT * { ?s ?p " + "( " * 400 + "1" + " )" * 400 + " }",
    "nested-blank-nodes": "SELECT * { ?s ?p " + "[ ?p " * 2000 + "1" + " ]" * 2000 + " }",
    "nested-functions": "SELECT (" + "STR(" * 5000 + "1" + ")" * 5000 + " AS ?x) {}",
    "nested-subselects": "SELECT * { " + "{ SELECT * { " * 1500 + "?s ?p ?o" + " } }" * 1500 + " }",
    "long-path": "SELECT * { ?s " + "/".join("<urn:next>" for _ in range(20_000)) + " ?o }",
    "long-alternatives": "SELECT * { ?s " + "|".join("<urn:next>" for _ in range(20_000)) + " ?o }",
    "path-signs": "SELECT * { ?s " + "(" * 3000 + "<urn:next>" + ")+" * 3000 + " ?o }",
    "inverse-signs": "SELECT * { ?s " + "^" * 20_000 + "<urn:next> ?o }",
    "long-sum": "SELECT (" + " + ".join("1" for _ in range(50_000)) + " AS ?x) {}",
    "long-and": "SELECT * { FILTER(" + " && ".join("true" for _ in range(50_000)) + ") }",
    "binds": "SELECT * { BIND(1 AS ?x0) " + " ".join(f"BIND(?x{i} + ?x{i} AS ?x{i + 1})" for i in range(5000)) + " }",
    "triple-terms": "SELECT * { " + "<< " * 2000 + "?s ?p ?o" + " >>" * 2000 + " ?p ?o }",
    "nested-quotes-in-comment": "SELECT * { #" + "{" * 100_000 + "\n" + "{" * 3000 + "}" * 3000 + " }",
    "hidden-in-string": 'SELECT * { ?s ?p "}" ' + "{" * 3000 + "}" * 3000 + " }",
    "nested-group-concat": "SELECT (" + "GROUP_CONCAT(" * 500 + "?s" + ")" * 500 + " AS ?x) { ?s ?p ?o }",
    "nested-if": "SELECT (" + "IF(true, " * 3000 + "1" + ", 2)" * 3000 + " AS ?x) {}",
    "nested-not-in": "SELECT * { ?s ?p ?o FILTER(" + "?s NOT IN (" * 1000 + "1" + ")" * 1000 + ") }",
}

# Dear to evaluate: ended at their limit.
DEAR: Mapping[str, str] = {
    "flat-list": "SELECT * { ?s ?p (" + "1 " * 400 + ") }",
    "chain": "SELECT * { " + _chain(800) + " }",
    "cross-product-sort": f"SELECT * {{ {_CROSS} }} ORDER BY ?a ?d ?g",
    "cross-product-count": f"SELECT (COUNT(*) AS ?n) {{ {_CROSS} }}",
    "cross-product-distinct": f"SELECT DISTINCT * {{ {_CROSS} }}",
    "cross-product-group": f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {_CROSS} }} GROUP BY ?a ?d ?g",
    "regex": f"SELECT * {{ {_CROSS} FILTER(REGEX(CONCAT(STR(?c), STR(?f), STR(?i)), \"(a*)*(b|c|d)*(.*)*x$\", \"i\")) }}",
    "path-star": "SELECT (COUNT(*) AS ?n) { ?a (<urn:next>|^<urn:next>|<urn:value>)* ?b . ?c (<urn:next>|!<urn:none>)* ?d }",
    "path-open": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:none>)*/(!<urn:none>)*/(!<urn:none>)* ?b }",
    "group-concat": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g)); separator=\"\") AS ?x) {{ {_CROSS} }}",
    "doubling": "SELECT (STRLEN(?x26) AS ?n) { BIND(\"0123456789012345678901234567890123456789\" AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(26)) + " }",
    "construct": f"CONSTRUCT {{ ?a ?e ?i . ?d ?h ?c . ?g ?b ?f }} {{ {_CROSS} }}",
    "values": "SELECT * { " + " ".join(f"VALUES ?x{j} {{ " + " ".join(map(str, range(2000))) + " }" for j in range(4)) + " }",
    "minus": f"SELECT (COUNT(*) AS ?n) {{ {_CROSS} MINUS {{ ?a ?x ?y . ?y2 ?z ?i }} }}",
    "exists": f"SELECT (COUNT(*) AS ?n) {{ {_CROSS} FILTER EXISTS {{ ?c ?x ?y . ?z ?i ?w }} }}",
    "optional-cross": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } } }",
    "big-answer": f"SELECT * {{ {_CROSS} }}",
    "order-by-random": f"SELECT * {{ {_CROSS} }} ORDER BY RAND() LIMIT 1",
    "replace": f"SELECT (REPLACE(GROUP_CONCAT(STR(?c)), \"(.*)(.*)(.*)(.*)e\", \"$1$1$1$1$1$1$1$1\") AS ?x) {{ {_CROSS} }}",
    "describe": f"DESCRIBE ?a ?d {{ {_CROSS} }}",
    "sub-select-cross": "SELECT * { { SELECT * { ?a ?b ?c } } { SELECT * { ?d ?e ?f } } { SELECT * { ?g ?h ?i } } FILTER(?a = ?i) }",
    "union-cross": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"{{ ?a{i} ?b{i} ?c{i} }} UNION {{ ?d{i} ?e{i} ?a{i} }}" for i in range(4)) + " }",
}  # fmt: skip

# Would have the server ask others: refused.
REACHING: Mapping[str, str] = {
    "service": "SELECT * {{ SERVICE <{0}/x> {{ ?s ?p ?o }} }}",
    "service-silent": "SELECT * {{ SERVICE SILENT <{0}/x> {{ ?s ?p ?o }} }}",
    "service-variable": "SELECT * {{ BIND(<{0}/x> AS ?u) SERVICE ?u {{ ?s ?p ?o }} }}",
    "service-prefixed": "PREFIX x: <{0}/> SELECT * {{ SERVICE x:y {{ ?s ?p ?o }} }}",
    "service-lower-case": "select * {{ service<{0}/x>{{ ?s ?p ?o }} }}",
    "service-behind-comment": "SELECT * {{ SERVICE #<urn:a>\n<{0}/x> {{ ?s ?p ?o }} }}",
    "service-behind-number": "SELECT * {{ ?s ?p 1.SERVICE <{0}/x> {{ ?s ?p ?o }} }}",
    "service-in-exists": "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{0}/x> {{ ?s ?p ?o }} }} }}",
    "service-in-subselect": "SELECT * {{ {{ SELECT * {{ SERVICE <{0}/x> {{ ?s ?p ?o }} }} }} }}",
    "service-relative": "BASE <{0}/> SELECT * {{ SERVICE <x> {{ ?s ?p ?o }} }}",
}
REACHING_UPDATES: Mapping[str, str] = {
    "load": "LOAD <{0}/x>",
    "load-lower-case": "load<{0}/x>into graph<urn:g>",
    "load-behind-another": "CREATE SILENT GRAPH <urn:g> ; LOAD <{0}/x> INTO GRAPH <urn:g>",
    "load-relative": "BASE <{0}/> LOAD <x>",
    "load-prefixed": "PREFIX x: <{0}/> LOAD x:y",
    "load-file": "LOAD <file:///etc/hostname>",
    "load-comment": "LOAD # <urn:a>\n <{0}/x>",
    "load-silent": "LOAD SILENT <{0}/x>",
    "service-in-update": "INSERT {{ <urn:a> <urn:b> ?o }} WHERE {{ SERVICE <{0}/x> {{ ?s ?p ?o }} }}",
}
