"""An editor in a terminal, driven by keys and judged by what is on the screen. Needs tmux."""

import os
import re
import subprocess
import sys
import time

PATIENCE = 30  # seconds for what has to come by itself
results = []


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, name, command, folder, variables):
        self.socket = f"glossator-{name}-{os.getpid()}"
        settings = [f"-e{key}={value}" for key, value in variables.items()]
        self.tmux("-f/dev/null", "new-session", "-d", "-x110", "-y32", "-c", folder, *settings, *command)
        # A lone Escape means Escape: it is not the first half of something.
        self.tmux("set-option", "-s", "escape-time", "0")

    def tmux(self, *arguments):
        environment = {**os.environ, "LANG": "C.UTF-8"}
        return subprocess.run(["tmux", "-u", "-L", self.socket, *arguments], capture_output=True, text=True, check=True, env=environment).stdout

    def press(self, *keys):
        """Presses keys, by tmux's names for them."""
        for key in keys:
            self.tmux("send-keys", key)
            # What follows an Escape too closely would be taken for an Alt key.
            time.sleep(0.5 if key == "Escape" else 0.05)

    def type(self, text):
        """Types a text as it stands."""
        self.tmux("send-keys", "-l", text)

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def wait_for(self, pattern, patience=PATIENCE):
        """Waits until the pattern is on the screen."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            screen = self.screen()
            if re.search(pattern, screen):
                return screen
            time.sleep(0.1)
        raise AssertionError(f"waited in vain for {pattern!r}; the screen is\n{self.screen()}")

    def ask(self, keys, pattern, rest=()):
        """Presses the keys until the pattern is there: a server that has just started may not have read all files yet.

        `rest` brings the editor back to where it was before the keys.
        """
        for _ in range(PATIENCE // 3):
            self.press(*keys)
            try:
                return self.wait_for(pattern, 3)
            except AssertionError as error:
                last = error
                self.press(*rest)
        raise last

    def wait_for_end(self, patience=PATIENCE):
        """Waits until the program has ended by itself."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if subprocess.run(["tmux", "-L", self.socket, "has-session"], capture_output=True).returncode != 0:
                return
            time.sleep(0.1)
        raise AssertionError(f"the editor does not end; the screen is\n{self.screen()}")

    def end(self):
        """Ends the program, if it has not ended by itself."""
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], capture_output=True)


def test(name, body):
    """Runs one test and says how it went."""
    start = time.monotonic()
    error = None
    try:
        body()
    except Exception as caught:
        error = caught
    results.append(error is None)
    took = round(1000 * (time.monotonic() - start))
    print(f"{'not ok' if error else 'ok'} - {name} ({took} ms)" + (f"\n{error}" if error else ""))


def finish():
    """Says how all went, in the last line, and ends the program."""
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    sys.exit(0 if results and all(results) else 1)
