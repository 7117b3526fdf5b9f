"""Frames: what can be said in English of a Korean sentence, one file each.

A frame is a function of a `Reading` that gives English sentences made of nothing but typed parts of that sentence:
names, figures, dates and roles. Where a part is missing it gives nothing. A new frame is a new file and a line in
`enrich/briefs/facts.py`.
"""
