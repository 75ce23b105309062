"""Serves the LibreOffice that listens on a pipe to a test, by the engine's bridge; runs in LibreOffice's Python."""

import os
import sys
import time

bridge_folder, pipe, patience = sys.argv[1:]
sys.path.insert(0, bridge_folder)

import bridge
import uno

local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
deadline = time.monotonic() + float(patience)
while True:
    try:
        context = resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
        break
    except Exception as error:
        if time.monotonic() > deadline:
            sys.exit("no LibreOffice on the pipe: %s" % error)
        time.sleep(0.05)
try:
    bridge.serve(context, sys.stdin.buffer, sys.stdout.buffer)
finally:
    os._exit(0)
