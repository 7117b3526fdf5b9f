"""What every engine asks of a document before it is kept, and how an article id is a number."""

from sosik.model.analysis import Terms

ID_DIGITS = 16
_BYTES_A_TERM = 8  # its start and its end


def article_number(article: str) -> int | None:
    """Return the number of an article id, or None for text that is no id."""
    if len(article) != ID_DIGITS or article.strip("0123456789abcdef"):
        return None
    return int(article, 16)


def article_of(number: int) -> str:
    """Return the article id of a number."""
    return f"{number:016x}"


def why_not_kept(article: str, version: int) -> str:
    """Say why nothing can be kept under this id and version; empty where it can."""
    if article_number(article) is None:
        return "an article id has 16 hexadecimal digits"
    return "" if version >= 1 else "versions begin at 1"


def refuse_crooked(name: str, terms: Terms) -> None:
    """Raise ValueError for terms without one pair of offsets for each."""
    if _BYTES_A_TERM * (terms.joined.count(" ") + 1 if terms.joined else 0) != len(terms.spans):
        raise ValueError(f"{name} has not one pair of offsets for each term")
