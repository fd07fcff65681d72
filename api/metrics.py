"""Figures for Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class Metrics:
    """What is counted, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("zhengpu_requests", "Requests answered", ["method", "route", "status"], registry=self.registry)
        self.seconds = Histogram("zhengpu_request_seconds", "Time to the end", ["route"], buckets=_SECONDS, registry=self.registry)
        self.killed = Counter("zhengpu_workers_ended", "Worker processes that were killed or died", ["why"], registry=self.registry)
        self.written = Counter("zhengpu_answer_bytes", "Bytes of answers", registry=self.registry)

    def watch(self, workers: Callable[[], Mapping[str, int]], running: Callable[[], int]) -> None:
        """Tell the state of the workers whenever the figures are asked for."""
        self.registry.register(_State(workers, running))

    def text(self) -> bytes:
        """All figures in Prometheus' text form."""
        return generate_latest(self.registry)


class _State(Collector):
    def __init__(self, workers: Callable[[], Mapping[str, int]], running: Callable[[], int]) -> None:
        self._workers, self._running = workers, running

    def collect(self) -> Iterator[GaugeMetricFamily]:
        workers = GaugeMetricFamily("zhengpu_workers", "Worker processes and waiting calls by state", labels=["state"])
        for state, count in self._workers().items():
            workers.add_metric([state], count)
        yield workers
        yield GaugeMetricFamily("zhengpu_running", "Calls that are being worked on", value=self._running())
