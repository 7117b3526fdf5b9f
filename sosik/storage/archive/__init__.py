"""The archive: every page as it came.

warc.py      the archive: which file to write, which to read
writer.py    one file while it is written
records.py   a capture as WARC records, and back
members.py   the gzip members that a file is made of
removal.py   captures taken down: the members that stay keep their places
foreign.py   WARC and ARC files that others wrote
"""
