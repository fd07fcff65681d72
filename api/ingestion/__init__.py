"""Documents by upload: files come in, a job reads and stores them one by one, and whoever watches is told of each.

`uploads` takes the files, `jobs` are the jobs and their events, `shelf` keeps them on disk, `running` does the work, `work` is what
workers do for it.
"""

from __future__ import annotations
