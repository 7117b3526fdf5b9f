"""Charts as Vega-Lite: a specification for the browser, and the same one drawn as SVG where scripts do not run."""
