"""JSON under /api/v1, in the shapes that the commands print."""
