"""One click at a time: it goes to the worker, and however it ends, that is told."""

from __future__ import annotations

import queue
import threading

from xlreport_office import worker
from xlreport_office.settings import say


class Click:
    """What was clicked, in which document, and how the document stood before."""

    def __init__(self, action, document, before):
        self.action, self.document, self.before = action, document, before
        self.timer = None
        self.late = False


class Desk:
    """Takes the clicks of the main thread; a thread beside it serves the worker for as long as that lives.

    office: what is done in LibreOffice (office.py). serve(source, sink, verbs): the bridge, until the
    source ends; the worker calls `next` and `ask` through it.
    """

    def __init__(self, settings, office, serve, start=worker.start):
        self._settings, self._office, self._serve, self._start = settings, office, serve, start
        self._lock = threading.Lock()
        self._clicks = queue.Queue()
        self._click = None
        self._shift = None  # the thread that serves the worker of now
        self._process = None

    def click(self, action, document):
        """Hand a click on, without waiting. While one runs, another is ignored."""
        with self._lock:
            if self._click is not None:
                self._office.word(document, say("busy"))
                return
            self._click = click = Click(action, document, self._office.before(document))
            self._office.word(document, say("running"))
            self._clicks.put(click)
            if self._shift is None:
                self._shift = threading.Thread(target=self._work, name="xlreport", daemon=True)
                self._shift.start()
            self._watch(click)

    def next(self):
        """The worker asks for the next click: (action, document), or () when it shall end. Its last one is done."""
        self._done()
        try:
            click = self._clicks.get(timeout=self._settings["idle"])
        except queue.Empty:
            with self._lock:
                if self._clicks.empty():
                    self._shift = None
                    return ()
            click = self._clicks.get()
        return () if click is None else (click.action, click.document)

    def ask(self, text, kind, buttons):
        """Show a message of the worker's in the document of its click, and wait for the answer."""
        click = self._click
        if click is None:
            return ""
        self._unwatch(click)  # a person may take all the time
        answer = self._office.ask(click.document, text, kind, buttons)
        self._watch(click)
        return answer

    def close(self):
        """LibreOffice ends: so does the worker."""
        self._clicks.put(None)
        process = self._process
        if process is not None and process.poll() is None:
            process.kill()

    def _work(self):
        """Serve one worker from its start to its end."""
        shift = threading.current_thread()
        try:
            self._process = process = self._start(self._settings)
        except OSError as error:
            worker.note(self._settings["log"], "not started:", type(error).__name__)
            self._lost(shift, "no_python")
            return
        self._serve(process.stdout, process.stdin, {"next_click": self.next, "message": self.ask})
        code = worker.end(process)
        worker.note(self._settings["log"], "worker ended:", code)
        self._lost(shift, "other_version" if code == worker.OTHER_VERSION else "ended")

    def _lost(self, shift, why):
        """The worker has gone. Where it was at work, put back what it held open, and say so."""
        with self._lock:
            if self._shift is not shift:  # it was not needed any more
                return
            self._shift, click, self._click = None, self._click, None
            while not self._clicks.empty():
                self._clicks.get()
        if click is None:
            return
        self._unwatch(click)
        self._office.restore(click.document, click.before)
        self._office.word(click.document, "")
        self._office.tell(click.document, say("late" if click.late else why, **self._settings))

    def _done(self):
        with self._lock:
            click, self._click = self._click, None
        if click is not None:
            self._unwatch(click)
            self._office.word(click.document, "")

    def _watch(self, click):
        click.timer = threading.Timer(self._settings["timeout"], self._expire, (click,))
        click.timer.daemon = True
        click.timer.start()

    def _unwatch(self, click):
        if click.timer is not None:
            click.timer.cancel()

    def _expire(self, click):
        if self._click is click and self._process is not None:
            click.late = True
            self._process.kill()
