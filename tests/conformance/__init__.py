"""Tests that nobody here wrote: the suites of the W3C, run against a server of ours and, for comparison, against pyoxigraph alone.

`manifests` reads the tests where they lie beside the project, `protocols` runs those of the SPARQL Protocol, the Graph Store
Protocol and the service description, `suites` has the npm package rdf-test-suite run those of queries, updates and result formats
(`node/`), `report` writes what came out. `python -m tests.conformance` does all of it.
"""
