"""The demonstration newspapers: made-up outlets served locally, for newcomers, tests and benchmarks."""
