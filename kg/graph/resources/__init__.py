"""The questions that the resources of the API ask: lists of a page, and the details of what stands on it."""
