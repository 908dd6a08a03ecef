"""A child process that died, hung or sent what nobody can read. Knows nothing of what it was doing."""

from __future__ import annotations

from core.errors.base import CuesmithError


class WorkerError(CuesmithError):
    """A child process failed. Params: child."""

    code = "worker"
    sentence = "The {child} process failed."
    next_step = "What came before is kept. Start the job again: it goes on from there."


class WorkerDied(WorkerError):
    """Params: child, cause."""

    code = "worker.died"
    sentence = "The {child} process ended unexpectedly ({cause}). What came before is kept."
    next_step = "Start the job again: it goes on from there."


class WorkerHung(WorkerError):
    """Params: child, seconds."""

    code = "worker.hung"
    sentence = "The {child} process gave no sign for {seconds} s and was ended. What came before is kept."
    next_step = "Start the job again: it goes on from there."


class UnknownMessage(WorkerError):
    """Params: child, what."""

    code = "worker.message"
    sentence = "The {child} process sent something unreadable ({what})."
    next_step = "What came before is kept. Start the job again; if it happens again, send the log."


class MessageTooLarge(WorkerError):
    """Params: child, size, limit."""

    code = "worker.too_large"
    sentence = "The {child} process sent a message of {size} bytes, over the limit of {limit}."
    next_step = "What came before is kept. Start the job again; if it happens again, send the log."
