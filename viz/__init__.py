"""Pictures of the graph: the explorer in the browser, and pages that open anywhere."""
