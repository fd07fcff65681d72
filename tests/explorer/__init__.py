"""The explorer in a real browser, on the running server with the samples."""
