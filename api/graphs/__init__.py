"""The SPARQL 1.1 Graph Store Protocol."""
