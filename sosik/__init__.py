"""Sosik: follow Korean regional tech news, with evidence, for people who read English."""

__version__ = "0.1.0"
