"""Which articles report one event.

    profile.py     what is compared of an article: its wording as hashed word pairs, and its facts by name
    keys.py        under which numbers an article is found by its like, without comparing it with all others
    judge.py       one event or two: points for what a pair shares, and what sets look-alikes apart
    components.py  from pairs to groups, within what editors decided and what outlets can have reported
    telling.py     what is said of a group: kind, first, fullest, copies, reason
    grouper.py     all of it in memory, for files of rows

Overlap alone cannot do it: releases made from one template overlap nine tenths and tell of different counties, and
honest rewrites of one release share one pair of words in ten.
"""

VERSION = "5"  # raised whenever a profile, its keys or the judgement change: all articles are grouped anew then
