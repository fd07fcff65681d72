"""Fair use: how many seconds of work and how many errors one client may have in a minute."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from api.errors import BudgetSpent

_MINUTE = 60.0
_CLIENTS = 10_000  # that are remembered; the idle ones are full again anyway


@dataclass(slots=True)
class _Account:
    """What is left to a client; it fills up evenly, to the full in a minute."""

    seconds: float
    errors: float
    at: float


@dataclass(slots=True)
class Budget:
    """The accounts of all clients. 0 for either means that it is not counted."""

    seconds: float
    errors: float
    _accounts: dict[str, _Account] = field(default_factory=dict)

    def _account(self, client: str) -> _Account:
        now = time.monotonic()
        account = self._accounts.get(client)
        if account is None:
            self._forget(now)
            account = self._accounts[client] = _Account(self.seconds, self.errors, now)
        part = (now - account.at) / _MINUTE
        account.seconds = min(self.seconds, account.seconds + part * self.seconds)
        account.errors = min(self.errors, account.errors + part * self.errors)
        account.at = now
        return account

    def _forget(self, now: float) -> None:
        if len(self._accounts) >= _CLIENTS:
            self._accounts = {client: each for client, each in self._accounts.items() if now - each.at < _MINUTE}
        if len(self._accounts) >= _CLIENTS:
            self._accounts.clear()

    def check(self, client: str) -> None:
        """An error where this client has nothing left."""
        account = self._account(client)
        if self.seconds and account.seconds <= 0:
            raise _spent(f"每分钟 {self.seconds:g} 秒查询时间", f"{self.seconds:g} s of query time a minute")
        if self.errors and account.errors < 1:
            raise _spent(f"每分钟 {self.errors:g} 次错误", f"{self.errors:g} errors a minute")

    def charge(self, client: str, seconds: float, *, failed: bool) -> None:
        """Take from the account what a call has cost."""
        account = self._account(client)
        account.seconds -= seconds
        account.errors -= failed

    def headers(self, client: str) -> dict[str, str]:
        """What is left, in the fields of the IETF's draft on rate limits."""
        kinds = [(name, whole) for name, whole in (("seconds", self.seconds), ("errors", self.errors)) if whole]
        if not kinds:
            return {}
        account = self._account(client)
        left = {"seconds": account.seconds, "errors": account.errors}
        return {
            "RateLimit-Policy": ", ".join(f'"{name}";q={whole:.0f};w=60' for name, whole in kinds),
            "RateLimit": ", ".join(f'"{name}";r={max(0, int(left[name]))};t={self._until(left[name], whole)}' for name, whole in kinds),
        }

    def retry_after(self, client: str) -> int:
        """Seconds until there is something left."""
        account = self._account(client)
        waits = [self._until(left, whole) for left, whole in ((account.seconds, self.seconds), (account.errors, self.errors)) if whole]
        return max(waits, default=1)

    @staticmethod
    def _until(left: float, whole: float) -> int:
        return 0 if left >= 1 else int((1 - left) / whole * _MINUTE) + 1


def _spent(zh: str, en: str) -> BudgetSpent:
    return BudgetSpent(f"用完了{zh}的额度。请按 Retry-After 稍后再试", f"the budget of {en} is spent. Try again after Retry-After")
