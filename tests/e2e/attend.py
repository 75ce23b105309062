"""Serves the LibreOffice that listens on a pipe to a test, by the engine's bridge; runs in LibreOffice's Python."""

import os
import sys
import time

bridge_folder, pipe, patience = sys.argv[1:]
sys.path.insert(0, bridge_folder)

import bridge  # noqa: E402
import uno  # noqa: E402

local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
deadline = time.monotonic() + float(patience)
while True:
    try:
        context = resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
        break
    except Exception as error:  # noqa: BLE001
        if time.monotonic() > deadline:
            sys.exit(f"no LibreOffice on the pipe: {error}")
        time.sleep(0.05)
try:
    bridge.serve(context, sys.stdin.buffer, sys.stdout.buffer)
finally:
    os._exit(0)
