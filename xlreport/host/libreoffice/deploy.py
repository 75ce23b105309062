"""Installs and removes the extension. Runs in LibreOffice's Python (3.7 or later), never in ours.

    deploy.py add FILE SOFFICE [PROFILE]
    deploy.py remove NAME SOFFICE [PROFILE]

By the ExtensionManager of a headless soffice on the user's profile, because `unopkg` refuses to run as root. The last
line of stdout is "done", or what went wrong.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import uno
import unohelper
from bridge import connect
from com.sun.star.task import XInteractionHandler
from com.sun.star.ucb import XCommandEnvironment

IDENTIFIER = "org.xlreport.addin"
DELEGATING = 1.0  # seconds within which a soffice that found another one running has handed over and ended
ENDING = 30.0


class Approving(unohelper.Base, XInteractionHandler, XCommandEnvironment):
    """Says yes to what the manager asks: whether the version that is there may be replaced."""

    InteractionHandler = property(lambda self: self)
    ProgressHandler = None

    def getInteractionHandler(self):
        """XCommandEnvironment."""
        return self

    def getProgressHandler(self):
        """XCommandEnvironment."""
        return

    def handle(self, request):
        """XInteractionHandler."""
        approve = uno.getTypeByName("com.sun.star.task.XInteractionApprove")
        for continuation in request.getContinuations():
            if continuation.queryInterface(approve):
                continuation.select()


def deploy(context, action, what):
    """Add a file, or remove what has our identifier."""
    manager = context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")
    channel, answers = manager.createAbortChannel(), Approving()
    if action == "add":
        manager.addExtension(uno.systemPathToFileUrl(what), (), "user", channel, answers)
    else:
        manager.removeExtension(IDENTIFIER, what, "user", channel, answers)


def main(action, what, soffice, profile=""):
    """Start soffice, do it, end soffice."""
    pipe = "xlreport" + uno.generateUuid().value.hex()
    command = [soffice, "--headless", "--norestore", "--nologo", "--nodefault", "--accept=pipe,name=" + pipe + ";urp"]
    if profile:
        command.append("-env:UserInstallation=" + uno.systemPathToFileUrl(profile))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    context = connect(pipe, process)
    time.sleep(DELEGATING)
    if process.poll() is not None:  # this is the office of the user, with whatever is open in it
        return "running"
    try:
        deploy(context, action, what)
    except Exception as error:
        return f"{type(error).__name__}: {getattr(error, 'Message', error)}"
    else:
        return "done"
    finally:
        try:
            context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
        except Exception:  # it ends while it answers
            pass
        try:
            process.wait(ENDING)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    try:
        end = main(*sys.argv[1:])
    except Exception as error:
        end = str(error)
    sys.stdout.write(" ".join(end.split()))
    sys.stdout.flush()
    os._exit(0)  # pyuno may crash when it is unloaded
