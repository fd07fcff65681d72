"""The SPARQL 1.1 Protocol.

`requests` reads what was asked, `answers` runs in a worker, `updates` in the writer, `routes` joins them. What runs in a worker
imports no web framework, so that a worker is started quickly.
"""
