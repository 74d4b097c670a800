"""SIGTERM and SIGINT become a call, at once, whatever the main thread is waiting for."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable

# The exit code of a process that Ctrl-C ended; one that SIGTERM ended did what it was told to.
INTERRUPTED = 130


def when_asked(stop: Callable[[int], None]) -> None:
    """Have `stop` called in a thread of its own when this process is asked to end, with the exit code that means that.

    Python runs its own handlers between two steps of the main thread, which may be waiting for a database meanwhile.
    """
    listening, told = socket.socketpair()
    told.setblocking(False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)

    def listen(_: socket.socket) -> None:  # which is open as long as somebody listens
        while number := listening.recv(1):
            if number[0] in (signal.SIGTERM, signal.SIGINT):
                stop(INTERRUPTED if number[0] == signal.SIGINT else 0)

    thread = threading.Thread(target=listen, args=(told,), daemon=True)
    thread.start()


def leave_within(seconds: float, code: int = 0) -> None:
    """End this process after so many seconds, if it is still there then: what it waits for does not come."""
    timer = threading.Timer(seconds, os._exit, (code,))
    timer.daemon = True
    timer.start()
