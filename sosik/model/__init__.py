"""What things are: frozen types, the query language, the error tree, the seams. Standard library only."""
