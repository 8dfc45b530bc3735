"""`make bench`: posts per second of /v1/lint over HTTP beside a Detoxify endpoint.

Both servers run on this machine, one after the other in alternating rounds, so that
the ratio holds when the machine's speed drifts. Then the share of a request's time
that is not the model's forward pass.
"""

import http.client
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from postlint.bootstrap import build
from postlint.settings import Settings
from postlint.yaml_file import parse_yaml
from tests.serving import served

ROOT = Path(__file__).parent.parent
ROUNDS = 5
CLIENTS = 4
POSTLINT_POSTS = 400
DETOXIFY_POSTS = 60


def posts() -> list[str]:
    """Texts of the evaluation set, mixed as in a queue that is worth checking: one in ten fails.

    Posts with a finding of the model cost more, because the sentence that decides is looked for.
    """
    rows = [
        row
        for path in sorted((ROOT / "tests/eval").glob("*.yml"))
        for row in parse_yaml(path.read_text(encoding="utf-8"))
    ]
    harmless = [row["text"] for row in rows if row["harmless"]]
    fails = [row["text"] for row in rows if not row["harmless"]]
    mixed = [*harmless, *fails[: len(harmless) // 9]]
    random.Random(0).shuffle(mixed)
    return mixed


def ask(address: str, path: str, texts: Sequence[str], times: list[float]) -> None:
    """Send each text over one kept connection and note how long each answer took."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"))
    headers = {"content-type": "application/json"}
    for text in texts:
        body = json.dumps({"text": text}).encode()
        start = time.perf_counter()
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - start)
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
    connection.close()


def throughput(address: str, path: str, texts: Sequence[str]) -> tuple[float, list[float]]:
    """Posts per second with `CLIENTS` clients at once, and the time of each answer."""
    times: list[float] = []
    threads = [
        threading.Thread(target=ask, args=(address, path, texts[n::CLIENTS], times))
        for n in range(CLIENTS)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.perf_counter() - start), times


def percentile(times: Sequence[float], share: float) -> float:
    return sorted(times)[int(share * (len(times) - 1))] * 1000


def median_ms(work: Callable[[str], object], texts: Sequence[str]) -> float:
    times = []
    for text in texts:
        start = time.perf_counter()
        work(text)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main() -> None:
    texts = posts()
    # A process a core; the torch of the other endpoint takes all cores by itself.
    workers = str(os.cpu_count() or 1)
    serve = [sys.executable, "-m", "postlint", "serve", "--workers", workers]
    detoxify = [sys.executable, str(ROOT / "benchmarks/detoxify_endpoint.py")]
    folder = Path(tempfile.mkdtemp())
    with served(serve, folder) as ours, served(detoxify, folder) as theirs:
        throughput(ours, "/v1/lint", texts[:50])
        throughput(theirs, "/predict", texts[:10])
        rates, ratios, our_times = [], [], []
        for n in range(ROUNDS):
            rate, times = throughput(ours, "/v1/lint", texts[:POSTLINT_POSTS])
            part = texts[n * DETOXIFY_POSTS : (n + 1) * DETOXIFY_POSTS]
            their_rate, _their_times = throughput(theirs, "/predict", part)
            rates.append((rate, their_rate))
            ratios.append(rate / their_rate)
            our_times += times
            print(f"round {n + 1}: {rate:6.1f} against {their_rate:5.1f} posts/s")
        alone: list[float] = []
        ask(ours, "/v1/lint", texts, alone)
    print(f"postlint    {statistics.median(r for r, _ in rates):6.1f} posts/s, {CLIENTS} clients")
    print(f"  p50 {percentile(our_times, 0.5):.1f} ms, p95 {percentile(our_times, 0.95):.1f} ms")
    print(
        f"  one client: p50 {percentile(alone, 0.5):.1f} ms, p95 {percentile(alone, 0.95):.1f} ms"
    )
    print(f"Detoxify    {statistics.median(r for _, r in rates):6.1f} posts/s")
    print(f"ratio       {statistics.median(ratios):.1f} (median of {ROUNDS} rounds)")
    outside(texts, percentile(alone, 0.5))


def outside(texts: Sequence[str], request_ms: float) -> None:
    """How much of a request is not the model: rules, calendar, JSON, HTTP."""
    application = build(Settings())
    scorer = application.scorer
    if scorer is None:
        raise RuntimeError("the shipped model is needed")
    model_ms = median_ms(lambda text: scorer.score([text]), texts)
    print(f"model alone p50 {model_ms:.1f} ms of {request_ms:.1f} ms a request over HTTP:")
    print(f"outside the model {100 * (1 - model_ms / request_ms):.0f}%")


if __name__ == "__main__":
    main()
