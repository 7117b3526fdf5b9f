"""The seams: what the rooms promise one another. Each is proven by one contract suite in tests/contracts."""
