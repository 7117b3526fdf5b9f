"""English briefs that can be checked: sentences with numbers, two drafters, and the checks that both must pass.

sentences.py     cuts title and text into numbered sentences
source.py        what the checks and the drafters know of each of them
english/         reads numbers and dates in English
checks/          one check a file; `checker.py` runs them all
frames/          one frame a file: what the facts drafter can say of a sentence
facts.py, language_model.py     the two drafters
"""
