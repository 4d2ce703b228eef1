"""Stands between an editor and the server, and writes down what they say to each other:  tee.py RECORDING PROGRAM ARGUMENT...

One JSON object a line: {"t": seconds since the start, "from": "client" or "server", "msg": the message}. Every byte is passed on as
it came; what is no message (a broken frame) ends the recording with an error.
"""

import json
import os
import subprocess
import sys
import threading
import time


def frames(stream):
    """The messages of a stream: the bytes of each, and where its body starts."""
    while True:
        head = bytearray()
        while not head.endswith(b"\r\n\r\n"):
            byte = stream.read(1)
            if not byte:
                return
            head += byte
        fields = dict(line.lower().split(b":", 1) for line in bytes(head).split(b"\r\n") if b":" in line)
        body = stream.read(int(fields[b"content-length"]))
        yield bytes(head) + body, len(head)


class Recording:
    """The file that both directions are written to."""

    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8")
        self.start = time.monotonic()
        self.lock = threading.Lock()

    def add(self, sender, body):
        with self.lock:
            entry = {"t": round(time.monotonic() - self.start, 4), "from": sender, "msg": json.loads(body)}
            self.file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self.file.flush()


def pump(recording, sender, source, target):
    """Passes on what comes, writes it down first, and closes the way when nothing comes any more."""
    try:
        for frame, body_at in frames(source):
            recording.add(sender, frame[body_at:])
            target.write(frame)
            target.flush()
        target.close()
    except BrokenPipeError:
        pass  # The other side has gone: there is nobody to pass anything to.


def main():
    recording = Recording(sys.argv[1])
    server = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    client = (recording, "client", sys.stdin.buffer, server.stdin)
    threading.Thread(target=pump, args=client, daemon=True).start()
    pump(recording, "server", server.stdout, sys.stdout.buffer)
    # The other thread may be waiting for the client still: an ordinary exit would wait for it, or abort.
    os._exit(server.wait())


main()
