"""Numbers and dates as English briefs write them."""
