"""Second attempts: few, after a pause, and when the server said so."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Request, Response

from crawler.failures import Turned
from crawler.middlewares.access import crawl_of, pace_of
from crawler.outcomes import WAIT

_TOO_MANY = 429


class PatientRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, with the whole host paused in between: Retry-After where there is one, else 1, 2, 4 … times
    the wait of the limits. A Retry-After beyond the cap ends the attempt, and the answer counts as it is; the next
    crawl keeps to it. With a 429 it ends the visit to the outlet.
    """

    def process_response(self, request: Request, response: Response, spider: object = None) -> Request | Response:
        """Return the request to be tried again, or the answer."""
        if response.status not in self.retry_http_codes:
            return response
        wait = self._wait(request, response)
        if wait > crawl_of(self.crawler).job.limits.retry_after_cap:
            leave = response.status == _TOO_MANY
            crawl_of(self.crawler).wait(request.meta["source"], wait, leave=leave)
            if leave:
                pace_of(self.crawler).turn_away(request, WAIT)
            return response
        again = super().process_response(request, response)
        if isinstance(again, Request):
            pace_of(self.crawler).pause(request, wait)
        return again

    def process_exception(
        self, request: Request, exception: Exception, spider: object = None
    ) -> Request | Response | None:
        """Return the request to be tried again, or None where trying again is no use."""
        crawl = crawl_of(self.crawler)
        if isinstance(exception, Turned) or crawl.stopping or crawl.guard.was_refused(request.url):
            return None
        again = super().process_exception(request, exception)
        if isinstance(again, Request):
            pace_of(self.crawler).pause(request, self._backoff(request))
        return again

    def _wait(self, request: Request, response: Response) -> float:
        asked = _retry_after(response.headers.get("Retry-After"))
        return self._backoff(request) if asked is None else asked

    def _backoff(self, request: Request) -> float:
        times = int(request.meta.get("retry_times", 0))
        return float(crawl_of(self.crawler).job.limits.retry_wait * 2**times)


def _retry_after(value: bytes | None) -> float | None:
    """Read seconds or an HTTP date; None where there is nothing to be read."""
    if value is None:
        return None
    text = value.decode("latin-1").strip()
    if text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    # The server's date is measured against this machine's clock, never the demonstration's.
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
