"""One click at a time: it goes to the worker, and however it ends, that is told."""

from __future__ import annotations

import queue
import threading

from xlreport_office import worker
from xlreport_office.settings import say


class Click:
    """What was clicked, in which document, and how that stood before (None until a worker has it)."""

    def __init__(self, action, document):
        self.action, self.document = action, document
        self.before = None
        self.timer = None
        self.late = False


class Desk:
    """Takes clicks on the main thread, and hands them to a worker that a thread of its own serves.

    office: what is done in LibreOffice (office.py). serve(source, sink, verbs): the bridge, until the source ends; the
    worker calls `next` and `ask` through it.
    """

    def __init__(self, settings, office, serve, start=worker.start):
        self._settings, self._office, self._serve, self._start = settings, office, serve, start
        self._waiting = queue.Queue()
        self._lock = threading.Lock()  # of the step from "nothing waits" to "the thread ends"
        self._thread = None
        self._click = None  # from the click to its end
        self._given = None  # the same, while the worker has it
        self._process = None
        self._asked = False
        self._closing = False

    @property
    def busy(self):
        """Whether a click is worked on."""
        return self._click is not None

    # On the main thread.

    def click(self, action, document):
        """Hand a click on, without waiting. While one runs, another is ignored."""
        running = self._click
        if running is not None:
            self._note(action, "ignored, busy with", running.action)
            self._office.word(document, say("busy"))
            return
        self._note(action)
        self._click = click = Click(action, document)
        self._office.word(document, say("running"))  # LibreOffice may take up the next click while it does this
        self._watch(click)
        with self._lock:
            self._waiting.put(click)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="xlreport", daemon=True)
                self._thread.start()

    def close(self):
        """LibreOffice ends: so does the worker."""
        self._closing = True
        self._waiting.put(None)
        self._kill()

    # On the thread of the worker.

    def next(self):
        """The worker asks for the next click: (action, document), or () when it shall end. Its last one is done."""
        self._asked = True
        done, self._given = self._given, None
        if done is not None:
            self._end(done)
        try:
            click = self._waiting.get(timeout=self._settings["idle"])
        except queue.Empty:
            return ()
        if click is None:
            return ()
        if self._process.poll() is not None:  # it ended while nothing was to be done
            self._waiting.put(click)
            return ()
        self._given = click
        # Not at the click itself: what a script leaves open when it ends, LibreOffice closes.
        click.before = self._office.hold(click.document, click.action)
        return (click.action, click.document)

    def ask(self, text, kind, buttons):
        """Show a message of the worker's in the document of its click, and wait for the answer."""
        click = self._given
        click.timer.cancel()  # a person may take all the time
        answer = self._office.ask(click.document, text, kind, buttons)
        self._watch(click)
        return answer

    def _work(self):
        """Serve workers, one after the other, while there are clicks for them."""
        while not self._closing:
            try:
                self._serve_one()
            except Exception as error:  # whatever it is, the buttons must not stay dead
                self._note("extension:", type(error).__name__)
                self._click = None
            with self._lock:
                if self._waiting.empty():
                    self._thread = None
                    return

    def _serve_one(self):
        """A worker, and what is to be said when it has ended with something left to do."""
        self._asked = False
        why = self._attend()
        lost, self._given = self._given, None
        if lost is None and not self._asked:
            lost = self._waiting.get()
        if lost is not None and not self._closing:
            self._lose(lost, why)

    def _attend(self):
        """One worker from its start to its end; returns what to say if it had something to do."""
        try:
            self._process = process = self._start(self._settings)
        except OSError as error:
            self._note("not started:", type(error).__name__)
            return "no_python"
        try:
            self._serve(process.stdout, process.stdin, {"next_click": self.next, "message": self.ask})
        except OSError:  # it went while it was spoken to
            pass
        code = worker.end(process)
        self._note("worker ended:", code)
        return "other_version" if code == worker.OTHER_VERSION else "ended"

    def _lose(self, click, why):
        """The worker has gone with a click: put back what it held open, and say so."""
        alive = click.before is None or self._office.restore(click.document, click.before)
        self._end(click)
        why = why if alive else "closed"
        self._office.tell(click.document, say("late" if click.late else why, **self._settings))

    def _end(self, click):
        click.timer.cancel()
        if click.before is not None:
            self._office.release(click.document)
        self._office.word(click.document, "")
        self._click = None

    # On a thread of a timer.

    def _watch(self, click):
        click.timer = threading.Timer(self._settings["timeout"], self._expire, (click,))
        click.timer.daemon = True
        click.timer.start()

    def _expire(self, click):
        click.late = True
        self._kill()

    def _kill(self):
        process = self._process
        if process is not None and process.poll() is None:
            process.kill()

    def _note(self, *words):
        worker.note(self._settings["log"], *words)
