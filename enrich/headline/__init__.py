"""The grammar of Korean headlines: `read_headline` says which series a headline belongs to, and which part it is."""

from enrich.headline.reading import read_headline

__all__ = ["read_headline"]
