"""Pictures of a part of the graph: what is on them, where it stands, and the forms that they are written in."""
