"""Acts of several people at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(*acts):
    """Do these in threads that start together; their results or exceptions."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(5)
            return act()
        except Exception as failed:
            return failed
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
