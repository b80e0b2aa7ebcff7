"""Signs of life for monitoring: /healthz for whoever asks, /metrics for programs on this computer. Nothing of people."""

import time
from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Count, Max, Sum
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

import lianxin
from lianxin.ground.core.doctor.database import size
from lianxin.ground.core.jobs import all_jobs
from lianxin.ground.core.models import DailyCount, DaySeal, JobRun, Worker

HERE = ("127.0.0.1", "::1", "")  # the last: by a socket file
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")  # what a proxy adds for those who come from elsewhere


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served, 503 when the database does not answer; and how long ago a worker gave a sign of life."""
    begun = time.perf_counter()
    try:
        beat_at = Worker.objects.aggregate(at=Max("beat_at"))["at"]
    except DatabaseError:
        return JsonResponse({"is_well": False, "database": "no answer"}, status=503)
    age = (timezone.now() - beat_at).total_seconds() if beat_at else None
    lives = age is not None and age < Worker.SILENT_FOR.total_seconds()
    told = {"database": "answers", "database_ms": round((time.perf_counter() - begun) * 1000, 1)}
    return JsonResponse(
        {"is_well": True, **told, "worker": "lives" if lives else "silent", "worker_age_s": age and round(age)}
    )


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in Prometheus' words, for this computer alone: 404 for everybody else, and for what a proxy passes on."""
    if request.META.get("REMOTE_ADDR", "") not in HERE or any(name in request.headers for name in FORWARDED):
        raise Http404
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(Figures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Figures:
    """What the database says of the platform."""

    def collect(self) -> Iterator[Metric]:
        """The figures as they are now; none of them counts a large table."""
        yield self._labelled("lianxin_info", "The version that runs.", "version", {lianxin.__version__: 1})
        yield GaugeMetricFamily("lianxin_database_bytes", "What the database takes.", value=size())
        yield self._labelled("lianxin_events", "Sealed events by kind.", "kind", _events())
        sealed_at = DaySeal.objects.aggregate(at=Max("sealed_at"))["at"]
        yield GaugeMetricFamily("lianxin_sealed_at", "When a day was sealed last, Unix time.", value=_unix(sealed_at))
        beat_at = Worker.objects.aggregate(at=Max("beat_at"))["at"]
        yield GaugeMetricFamily(
            "lianxin_worker_at", "When a worker gave a sign of life, Unix time.", value=_unix(beat_at)
        )
        yield self._labelled("lianxin_job_done_at", "When a job was done last, Unix time.", "job", _done())
        states = DBTaskResult.objects.order_by().values_list("status").annotate(Count("id"))
        yield self._labelled("lianxin_tasks", "Tasks in the queue by state.", "state", dict(states))

    def _labelled(self, name: str, text: str, label: str, values: dict[str, float]) -> Metric:
        family = GaugeMetricFamily(name, text, labels=[label])
        for key, value in sorted(values.items()):
            family.add_metric([str(key)], value)
        return family


def _events() -> dict[str, float]:
    return dict(DailyCount.objects.order_by().values_list("kind").annotate(Sum("count")))


def _done() -> dict[str, float]:
    done = JobRun.objects.filter(outcome=JobRun.Outcome.DONE).order_by()
    at = dict(done.values_list("name").annotate(Max("finished_at")))
    return {job.name: _unix(at.get(job.name)) for job in all_jobs()}


def _unix(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0  # what never happened, Prometheus shows as 1970
