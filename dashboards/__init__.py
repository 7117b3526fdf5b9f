"""What people see: pages, charts, a JSON API and feeds. Handed everything they read (reading.py).

reading.py      what the pages read, as Protocols; sosik/app/reading.py implements them
app.py          puts the site together
security.py     who is answered, and the headers that every answer bears
pages/          one file a page
api/            JSON under /api/v1
charts/         Vega-Lite by Altair, drawn here as SVG and by the browser where it may
marks.py        text cut where marks begin and end
narrowing.py    queries that become narrower or wider by one field
feed.py, export.py   searches as Atom, CSV and JSON
"""
