"""Scrapy's commands that mean something else here."""
