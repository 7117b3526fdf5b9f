"""How pages come in: Scrapy; one spider for each kind of discovery, never one for an outlet."""
