"""Name resolution that lets no private address through: what is not resolved cannot be connected to.

Receivers and resolvers are zope interfaces, whose methods no type checker can read: they are Any here.
"""

from collections.abc import Sequence
from typing import Any

from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # zope publishes no types

from crawler.guard import Guard


@implementer(IResolutionReceiver)
class _Sieve:
    """Passes on the addresses that the guard permits. The connection goes to these and is not resolved again."""

    def __init__(self, receiver: Any, host: str, guard: Guard) -> None:
        self._receiver = receiver
        self._host = host
        self._guard = guard

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:  # noqa: N802, N803 - Twisted's names
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802 - Twisted's name
        if self._guard.permits(self._host, str(getattr(address, "host", "0.0.0.0"))):  # noqa: S104 - never permitted
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """Wraps the reactor's resolver, IPv4 and IPv6. Literal addresses in any spelling come through here too."""

    def __init__(self, inner: Any, guard: Guard) -> None:
        self._inner = inner
        self._guard = guard

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803 - Twisted's names, which callers use
        hostName: str,  # noqa: N803 - as above
        portNumber: int = 0,  # noqa: N803 - as above
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - as above
        transportSemantics: str = "TCP",  # noqa: N803 - as above
    ) -> Any:
        """Resolve a name, and keep from the receiver what may not be visited."""
        sieve = _Sieve(resolutionReceiver, hostName, self._guard)
        return self._inner.resolveHostName(sieve, hostName, portNumber, addressTypes, transportSemantics)
