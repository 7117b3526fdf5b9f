"""On PYTHONPATH, this makes Python and its children take what only an extra brings for not installed."""

import sys

for _name in ("jpype", "konlpy", "openai", "playwright", "psycopg"):
    sys.modules[_name] = None  # type: ignore[assignment]  # what `import` takes for "not installed"
