"""The checks of a statement: one file each, a function of the evidence that gives findings."""
