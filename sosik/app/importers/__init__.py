"""Reads what others collected: saved pages, WARC files, rows, spreadsheets. Nothing is written here."""
