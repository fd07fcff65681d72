"""What the store holds as resources: plans, tasks, units, instruments, deadlines, lineage, documents, and what is made of them.

One module a resource has its routes; `work/` has the functions that worker processes run for them, and knows no HTTP.
`routers` lists the routes.
"""
