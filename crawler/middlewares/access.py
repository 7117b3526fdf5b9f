"""How middlewares come by what one crawl shares."""

from scrapy.crawler import Crawler

from crawler.crawl import Crawl
from crawler.pace import Pace
from crawler.spiders.discovery import DiscoverySpider


def crawl_of(crawler: Crawler) -> Crawl:
    """Return what the spiders of this crawl share."""
    return spider_of(crawler).crawl


def spider_of(crawler: Crawler) -> DiscoverySpider:
    """Return the running spider."""
    spider = crawler.spider
    if not isinstance(spider, DiscoverySpider):
        raise TypeError(f"{type(spider).__name__} is not one of the discovery spiders")
    return spider


def pace_of(crawler: Crawler) -> Pace:
    """Return the pace of this spider's hosts."""
    return spider_of(crawler).pace
