"""Judges recorded sessions (see tee.py) by the protocol checker of the shared folder:  judge.py SHARED RECORDINGS-FOLDER

Every complaint about the server is a failure, but for three kinds in which it is not at fault: see `NO_FAULT`.
The last line is "N passed, N failed": a session is one test.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

HIERARCHY = re.compile(r"(?P<line>\d+): server: answer to textDocument/prepare(Call|Type)Hierarchy \[(?P<item>\d+)\]\.")


def is_of_another_file(complaint, messages):
    """Whether a range was measured against the wrong text.

    An item of a hierarchy names the file it lies in, which need not be the one that was asked about: a mention in a text leads to a
    record. The checker measures the item's ranges against the text of the request, and finds them outside.
    """
    found = HIERARCHY.match(complaint)
    if not found:
        return False
    answer = messages[int(found["line"]) - 1]
    before = reversed(messages[: int(found["line"])])
    asked = next(it for it in before if it["from"] == "client" and "method" in it["msg"] and it["msg"].get("id") == answer["msg"]["id"])
    item = answer["msg"]["result"][int(found["item"])]
    return item["uri"] != asked["msg"]["params"]["textDocument"]["uri"]


def is_of_a_hasty_client(complaint, messages):
    """Whether an answer is missing because the client did not wait for it.

    An editor that is closed asks its server to shut down and kills it, and what records the session with it, at once: what it had
    asked in its last second stays without an answer.
    """
    found = re.match(r"(?P<line>\d+): server: .* was never answered", complaint)
    return bool(found) and messages[-1]["t"] - messages[int(found["line"]) - 1]["t"] < 1


def has_crossed_the_shutdown(complaint, messages):
    """Whether a message was on its way when the client said `shutdown`: the server had not heard it, for it had not answered yet."""
    found = re.match(r"(?P<line>\d+): server: \S+ after shutdown", complaint)
    if not found:
        return False
    before = messages[: int(found["line"])]
    asked = [it["msg"]["id"] for it in before if it["from"] == "client" and it["msg"].get("method") == "shutdown"]
    return not any(it["from"] == "server" and "method" not in it["msg"] and it["msg"].get("id") in asked for it in before)


NO_FAULT = (is_of_another_file, is_of_a_hasty_client, has_crossed_the_shutdown)


def judge(checker, model, recording):
    """Prints a line about a session, and what is wrong with the server in it; returns whether nothing is."""
    messages = [json.loads(line) for line in recording.read_text(encoding="utf-8").splitlines()]
    done = subprocess.run([sys.executable, checker, model, recording], capture_output=True, text=True)
    lines = done.stdout.splitlines()
    if not lines:
        print(f"not ok - {recording.name}: the checker broke\n{done.stderr}")
        return False
    complaints = [line.strip().removeprefix(f"{recording}:") for line in lines[1:]]
    complaints = [it for it in complaints if ": server: " in it]
    wrong = [it for it in complaints if any(excuse(it, messages) for excuse in NO_FAULT)]
    faults = [it for it in complaints if it not in wrong]
    note = f", {len(wrong)} complaints are the checker's own" if wrong else ""
    # A hostile folder's session may end before it has begun; any other has something to say.
    if len(messages) < 4 and "hostile" not in recording.name:
        faults.append("hardly anything was said: this is no session")
    print(f"{'not ok' if faults else 'ok'} - {recording.name}: {len(messages)} messages{note}")
    for fault in faults:
        print(f"    {fault}")
    return not faults


def main():
    shared, folder = (Path(it) for it in sys.argv[1:])
    checker, model = shared / "editors/lsp-check.py", shared / "protocol/metaModel.json"
    missing = [str(it) for it in (checker, model) if not it.exists()]
    recordings = sorted(folder.glob("*.jsonl"))
    if missing or not recordings:
        print(f"missing: {missing}" if missing else f"no session was recorded in {folder}")
        print("0 passed, 1 failed")
        sys.exit(1)
    verdicts = [judge(checker, model, it) for it in recordings]
    print(f"{verdicts.count(True)} passed, {verdicts.count(False)} failed")
    sys.exit(0 if all(verdicts) else 1)


if __name__ == "__main__":
    main()
