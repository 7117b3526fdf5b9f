"""One spider for each kind of discovery; what they have in common is in discovery.py."""
