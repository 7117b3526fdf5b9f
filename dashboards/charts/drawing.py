"""Draws Vega-Lite specifications as SVG, and gives the browser the scripts that draw them there."""

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_ko
import vl_convert


def draw(specification: dict[str, Any]) -> str:
    """Return the drawing as SVG. It reads nothing from any network: the data stand in the specification."""
    return _drawn(json.dumps(specification, ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=256)
def _drawn(specification: str) -> str:
    _register_font()
    return vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])


@cache
def _register_font() -> None:
    vl_convert.register_font_directory(str(Path(pylopdf_fonts_ko.__file__).parent))


@cache
def browser_scripts() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script (900 kB, made in a second or two, then kept)."""
    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
