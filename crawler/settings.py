"""Scrapy's settings, for its command line. `sosik crawl` adds what a job asks for (crawler/process.py).

`scrapy crawl` by hand has no archive and no ledger to write to: it refuses and names our command.
"""

BOT_NAME = "sosik"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"

ROBOTSTXT_OBEY = True
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0.0  # half of a Crawl-delay would be less than was asked for
HTTPERROR_ALLOW_ALL = True  # a refusal is a finding, not nothing
METAREFRESH_ENABLED = False
REFERRER_POLICY = "no-referrer"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # Crawl.asked is the filter
CONCURRENT_ITEMS = 1  # there are none; Scrapy would start a hundred tasks for every answer, a fifth of all work
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # newest first, as announced
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

# Anything but the web is not served: a link to file:/etc/passwd is a link like any other to a crawler.
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}

EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
}

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.gate.GateMiddleware": 50,
    "crawler.middlewares.robots.RobotsGateMiddleware": 100,
    "crawler.middlewares.retries.PatientRetryMiddleware": 550,
    "crawler.middlewares.unpacking.UnpackingMiddleware": 590,
    "crawler.middlewares.redirects.GuardedRedirectMiddleware": 600,
}
