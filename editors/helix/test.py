"""Glossator in Helix, set up as the manual says:  test.py HELIX CORPUS SCRATCH

HELIX is the program, CORPUS a copy of the example corpus, SCRATCH an empty folder for its settings; `glossator` is on the PATH.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from terminal import Terminal, finish, test  # noqa: E402

helix, corpus, scratch = sys.argv[1:]
settings = Path(scratch, "helix")
settings.mkdir(parents=True)
manual = subprocess.run([sys.executable, HERE.parent / "manual.py", "Helix", "toml"], check=True, capture_output=True, text=True)
settings.joinpath("languages.toml").write_text(manual.stdout, encoding="utf-8")
variables = {"HOME": scratch, "XDG_CONFIG_HOME": scratch, "PATH": os.environ["PATH"]}
variables |= {name: os.environ[name] for name in ("GLOSSATOR", "RECORDINGS", "SESSION") if name in os.environ}

editor = Terminal("helix", [helix, "notes/data-brokers.md:27:3"], corpus, variables)
try:
    test("findings are marked", lambda: editor.wait_for(r"NOR .* ● \d"))
    test("the findings of the note are listed", lambda: editor.ask(["Space", "d"], "uncited-claim", ["Escape"]))
    editor.press("Escape")
    test("hover shows the record", lambda: editor.ask(["Space", "k"], "Chinese company, owner of", ["Escape"]))
    editor.press("Escape")
    test("definition opens the record", lambda: editor.ask(["g", "d"], r"actors/bytedance\.md"))
    editor.type(":open corpus/twitter-chinese-officials.en.txt")
    editor.press("Enter")
    editor.wait_for(r"twitter-chinese-officials\.en\.txt")
    test("a source text has its claims for symbols", lambda: editor.ask(["Space", "s"], "This week Twitter Inc", ["Escape"]))
    editor.press("Escape")
    # The server is told to leave, not killed: so the recording ends as a session should.
    editor.type(":quit-all!")
    editor.press("Enter")
    test("the editor ends", lambda: editor.wait_for_end())
finally:
    editor.end()

# A folder whose own settings name another program as the server.
hostile = Path(scratch, "hostile")
trap, trace = hostile / "trap", hostile / "trapped"
for folder in (".helix", ".git", "notes"):
    (hostile / folder).mkdir(parents=True)
trap.write_text(f"#!/bin/sh\necho ran >> {trace}\n")
trap.chmod(0o755)
(hostile / ".helix/languages.toml").write_text(f'[language-server.glossator]\ncommand = "{trap}"\n')
(hostile / "glossator.toml").write_text("")
(hostile / "notes/note.md").write_text("A note.\n")


def asks_first():
    """Helix asks whether the folder is to be trusted, and runs nothing of it before."""
    editor.wait_for("Trust")
    time.sleep(1)
    assert not trace.exists(), "the program that the folder named was run"


editor = Terminal("hostile", [helix, "notes/note.md"], str(hostile), variables | {"SESSION": "helix-hostile"})
try:
    test("a folder cannot choose the server", asks_first)
finally:
    editor.end()
finish()
