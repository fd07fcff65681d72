"""Linked data: every IRI of the graph answers at the server, as a page and as RDF; so does the ontology."""
