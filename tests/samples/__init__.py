"""Sample documents that we wrote, with the truth about them; see README.md."""
