"""One file a command. Each has `register(app)`, which adds the command to the Typer application it is given.

Nothing heavy is imported at the top of these files: `sosik --help` reads all of them.
"""
