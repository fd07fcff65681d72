"""The explorer in the browser: its files as they were built, and its one page for every address under `/explore`."""
