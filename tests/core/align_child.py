"""A child that times a text and tells what it cost: run as `python -m tests.core.align_child MEDIA TEXT`."""

from __future__ import annotations

import json
import resource
import sys
import time

from core.events import AlignJob, TextTimed
from core.given_text import read_text
from core.pipeline_align import run
from core.progress import CancelToken


def main() -> None:
    """Print one JSON object: processor seconds, most memory held in MiB, starts of the words by line."""
    media, text = sys.argv[1:]
    begun = time.process_time()
    job = AlignJob(media, read_text(text).lines)
    (timed,) = [event for event in run(job, cancel=CancelToken()) if isinstance(event, TextTimed)]
    print(
        json.dumps(
            {
                "cpu_s": time.process_time() - begun,
                "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "lines": [[word.start_ms for word in line.words] for line in timed.report.lines],
            }
        )
    )


if __name__ == "__main__":
    main()
