"""Who and where: names of the gazetteer, names found by their form, and people by name and title."""
