"""Glossator in Kakoune, set up as the manual says:  test.py KAK CORPUS SCRATCH

KAK is the program, CORPUS a copy of the example corpus, SCRATCH an empty folder for its settings; `glossator` and `kak-lsp` are on
the PATH.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from terminal import Terminal, finish, test  # noqa: E402

kak, corpus, scratch = sys.argv[1:]
settings = Path(scratch, "kak")
settings.mkdir(parents=True)
manual = subprocess.run([sys.executable, HERE.parent / "manual.py", "Kakoune", "kak"], check=True, capture_output=True, text=True)
settings.joinpath("kakrc").write_text(manual.stdout, encoding="utf-8")
variables = {"HOME": scratch, "XDG_CONFIG_HOME": scratch, "XDG_RUNTIME_DIR": scratch, "PATH": os.environ["PATH"]}
variables |= {name: os.environ[name] for name in ("GLOSSATOR", "RECORDINGS", "SESSION") if name in os.environ}


def command(text):
    """Runs a command of Kakoune, from wherever it is."""
    editor.press("Escape")
    editor.type(f":{text}")
    editor.press("Enter")


def ask(text, pattern):
    for _ in range(10):
        command(text)
        try:
            return editor.wait_for(pattern, 3)
        except AssertionError as error:
            last = error
    raise last


editor = Terminal("kakoune", [kak, "notes/data-brokers.md", "+27:3"], corpus, variables)
try:
    test("hover shows the record", lambda: ask("lsp-hover", "Chinese company, owner of"))
    test("the findings are listed", lambda: ask("lsp-diagnostics", "data-brokers.md:25:.*no source is cited"))
    command("edit notes/data-brokers.md 27 3")
    test("definition opens the record", lambda: ask("lsp-definition", r"bytedance\.md \d+:\d+"))
    command("lsp-stop")
    command("quit!")
    test("the editor ends", lambda: editor.wait_for_end())
finally:
    editor.end()
finish()
