"""What a request can end with beside its answer. Each says what to do; `problems` knows the status of each."""

from __future__ import annotations

from kg.errors import ZhengpuError


class RequestError(ZhengpuError):
    """The request is not as the protocol has it."""


class NotAcceptable(RequestError):
    """None of the forms that the client takes can be given."""


class UnsupportedMedia(RequestError):
    """The body is in a form that is not taken here."""


class TooLarge(RequestError):
    """The body is longer than the limit."""


class TooSlow(RequestError):
    """The body did not come in time."""


class NotFound(ZhengpuError):
    """There is no such thing."""


class Refused(ZhengpuError):
    """Not allowed by the settings of this server, whoever asks."""


class NoToken(ZhengpuError):
    """This needs a token, and none that is valid came with the request."""


class WrongScope(ZhengpuError):
    """The token is valid, for other things."""


class LimitError(ZhengpuError):
    """A limit of the server was reached."""


class TimeLimit(LimitError):
    """The work took longer than it may."""


class MemoryLimit(LimitError):
    """The work needed more memory than it may take."""


class TooComplex(LimitError):
    """A parser or an evaluator went deeper than its stack."""


class AnswerTooLong(LimitError):
    """The answer is longer than is allowed."""


class Overloaded(LimitError):
    """Too much is being asked at present; later it will go."""


class MemorySpent(LimitError):
    """All calls together use what they may, and this one most of it."""


class DiskFull(LimitError):
    """There is no room for the answer."""


class BudgetSpent(LimitError):
    """This client has used what it may in a minute."""


class Cancelled(ZhengpuError):
    """Somebody who may do so broke the work off."""


class Fault(ZhengpuError):
    """Something of ours went wrong."""
