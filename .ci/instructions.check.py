#!/usr/bin/env python3
"""instructions.check.py PROGRAM [--renew]: fails where a job takes over 10 % more instructions than when they were last counted.

Times differ from run to run and from machine to machine; how many instructions a program takes does not. Valgrind counts
them, on one thread, for jobs on the example corpus. `--renew` writes the counts of now to instructions.json: for a change
that is worth its price, or a new compiler. Standard library and valgrind only.
"""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
KNOWN = HERE / "instructions.json"
TOLERANCE = 0.10
N_KEYS = 40


def workspace(folder):
    """The example corpus, with a long text and a long note that are made of it."""
    shutil.copytree(HERE.parent / "seeds", folder)
    texts = [path.read_text(encoding="utf-8") for path in sorted((folder / "corpus").glob("*.txt"))]
    whole = "\n\n".join(texts)
    (folder / "corpus" / "long.txt").write_text((whole + "\n\n") * 4, encoding="utf-8")
    (folder / "notes" / "long.md").write_text("# Long\n\n" + (whole + "\n\n") * 4, encoding="utf-8")


def counted(program, arguments, folder, client=None):
    """The instructions that the program takes; `client` talks to it."""
    with tempfile.NamedTemporaryFile() as log:
        command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
        command += [f"--log-file={log.name}", program, *arguments]
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, "RAYON_NUM_THREADS": "1"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        if client:
            client(process, folder)
        process.communicate()
        if process.returncode not in (0, 1):
            sys.exit(f"`glossator {' '.join(arguments)}` ended with {process.returncode} under valgrind:\n{log.read().decode()}")
        return int(re.search(r"I\s+refs:\s+([\d,]+)", log.read().decode())[1].replace(",", ""))


def type_a_word(process, folder):
    """Types into the long note, and waits after each letter for the findings."""

    def send(message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        process.stdin.flush()

    def until(wanted):
        while True:
            length = 0
            while line := process.stdout.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                sys.exit("the server went away")
            message = json.loads(process.stdout.read(length))
            if "id" in message and "method" in message:
                send({"id": message["id"], "result": None})
            if wanted(message):
                return

    def answered(number):
        return lambda message: message.get("id") == number and "method" not in message

    def found(version):
        return lambda message: message.get("method") == "textDocument/publishDiagnostics" \
            and message["params"].get("version") == version

    root = folder.as_uri()
    note = f"{root}/notes/long.md"
    able = {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}
    send({"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": root, "capabilities": able}})
    until(answered(1))
    send({"method": "initialized", "params": {}})
    text = (folder / "notes" / "long.md").read_text(encoding="utf-8")
    document = {"uri": note, "languageId": "markdown", "version": 0, "text": text}
    send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
    until(found(0))
    # An answer about the whole folder comes when all of it is read.
    send({"id": 2, "method": "workspace/symbol", "params": {"query": "nobody"}})
    until(answered(2))
    place = {"line": 2, "character": 0}
    for version in range(1, N_KEYS + 1):
        change = {"range": {"start": place, "end": place}, "text": "x"}
        changed = {"textDocument": {"uri": note, "version": version}, "contentChanges": [change]}
        send({"method": "textDocument/didChange", "params": changed})
        until(found(version))
    send({"id": 3, "method": "shutdown"})
    until(answered(3))
    send({"method": "exit"})


JOBS = {
    "check": (["check", "--format", "json"], None),
    "claims": (["claims", "corpus/long.txt"], None),
    "mentions": (["mentions", "corpus/long.txt"], None),
    "typing": (["lsp"], type_a_word),
}


def main():
    program, *options = sys.argv[1:]
    program = str(pathlib.Path(program).resolve())
    if not shutil.which("valgrind"):
        sys.exit("instructions cannot be counted: valgrind is not installed (Debian: apt-get install valgrind)")
    counts = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, (arguments, client) in JOBS.items():
            folder = pathlib.Path(scratch) / name
            workspace(folder)
            counts[name] = counted(program, arguments, folder, client)
    if options == ["--renew"]:
        KNOWN.write_text(json.dumps(counts, indent=2) + "\n")
        return print(f"{KNOWN.name}: {counts}")
    known = json.loads(KNOWN.read_text())
    too_many = []
    for name, count in counts.items():
        change = count / known[name] - 1
        print(f"{name}: {count / 1e6:.0f} million instructions, {change:+.1%}")
        if change > TOLERANCE:
            too_many.append(name)
    if too_many:
        sys.exit(f"over {TOLERANCE:.0%} more than in .ci/instructions.json: {', '.join(too_many)}. If that is worth it, "
                 f"say so in the commit and write the new counts with: bash .ci/instructions {sys.argv[1]} --renew")


main()
