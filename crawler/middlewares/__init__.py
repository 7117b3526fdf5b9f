"""What stands between spiders and servers, one rule a file; their order is in crawler/process.py."""
