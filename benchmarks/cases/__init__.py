"""One file a benchmark: `measure(scale)` gives its rows. A new file here is a new benchmark."""
