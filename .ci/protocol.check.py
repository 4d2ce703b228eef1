#!/usr/bin/env python3
"""protocol.check.py PROGRAM SEEDS SHARED SCRATCH: drive the server through every feature, record it, and have it judged.

A session asks everything at many places of a torture text and of the example corpus: in each of the three encodings, with
diagnostics that are pushed and that are asked for, and once as a client that can do next to nothing. Three things must hold:

1. the judge of the protocol finds no fault of the server;
2. every feature has answered something in the sessions of the able clients;
3. the answers are the same in all encodings, once their columns are counted in characters.

Standard library only.
"""
import json, os, pathlib, queue, re, shutil, subprocess, sys, threading, time
from urllib.parse import quote, unquote

PROGRAM, SEEDS, SHARED, SCRATCH = map(pathlib.Path, sys.argv[1:5])
ENCODINGS = ("utf-8", "utf-16", "utf-32")
TORTURE = (
    "# 𝄞 Head 人民\r\n\r\n😀 Temu and 人民数据 e\u0301 say 9,000 users paid 4 billion in 2023 [@wapo-2024, p. 3]. 𝒳 Tem\r\n\r\n"
    "## Two\n\nPinduoduo\nsold 5 million phones in 2022, Didi 𝄞 Chuxing said.\r\n\r\nSee https://example.org/😀x [@nope].\r"
    "People’s\r\nDaily Online, 人民网 et 人民日报. 😀 Selon « Didi Chuxing », 3 millions de trajets ont été vendus.\n"
)
PATIENCE = 120

# ------------------------------------------------------------------------------------------------------------- columns

def width(encoding, text):
    """How long a text is in an encoding."""
    return {"utf-8": len(text.encode()), "utf-16": len(text.encode("utf-16-le")) // 2, "utf-32": len(text)}[encoding]

def lines(text):
    return re.split(r"\r\n|\n|\r", text)

def characters(encoding, line, column):
    """The column in characters; the judge complains about one that cuts a character."""
    for at in range(len(line) + 1):
        if width(encoding, line[:at]) >= column:
            return at
    return f"{column} beyond the line"

def read(path):
    """The text of a file with its line ends."""
    return path.read_bytes().decode()

def uri_of(path):
    return "file://" + quote(str(path))

# -------------------------------------------------------------------------------------------------------------- client

class Client:
    """An editor without a screen, which writes down every message."""

    def __init__(self, log, root, encoding, pull=False, able=True):
        self.root, self.encoding, self.pull, self.able = uri_of(root), encoding, pull, able
        self.log, self.lock, self.began = open(log, "w", encoding="utf-8"), threading.Lock(), time.monotonic()
        self.process = subprocess.Popen([PROGRAM, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.messages, self.last, self.answers = queue.Queue(), 0, []
        self.texts, self.opened, self.diagnostics, self.colours = {}, [], {}, {}
        threading.Thread(target=self.read, daemon=True).start()

    def record(self, who, message):
        with self.lock:
            line = {"t": round(time.monotonic() - self.began, 4), "from": who, "msg": message}
            self.log.write(json.dumps(line, ensure_ascii=False) + "\n")

    def read(self):
        while True:
            length = 0
            for line in iter(self.process.stdout.readline, b"\r\n"):
                if not line:
                    return self.messages.put(None)
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            message = json.loads(self.process.stdout.read(length))
            self.record("server", message)
            self.messages.put(message)

    def send(self, message):
        message = {"jsonrpc": "2.0", **message}
        self.record("client", message)
        body = json.dumps(message, ensure_ascii=False).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def until(self, fits):
        """Answers the server's requests until a message fits."""
        while True:
            message = self.messages.get(timeout=PATIENCE)
            if message is None:
                raise SystemExit("the server ended in the middle of the session")
            method = message.get("method")
            if method and "id" in message:
                items = (message.get("params") or {}).get("items") or []
                answer = {"workspace/configuration": [None] * len(items), "window/showDocument": {"success": True},
                          "workspace/applyEdit": {"applied": True}}.get(method)
                self.send({"id": message["id"], "result": answer})
            if method == "textDocument/publishDiagnostics":
                self.diagnostics[message["params"]["uri"]] = message["params"]
            if fits(message):
                return message

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params, about=None):
        """Asks, keeps the answer for the comparison, and returns its result; `None` where the server refused."""
        self.last += 1
        ident = self.last
        self.send({"id": ident, "method": method, **({} if params is None else {"params": params})})
        answer = self.until(lambda it: it.get("id") == ident and "method" not in it)
        result = answer.get("result")
        counts = self.coloured(method, about, result) if "semanticTokens/" in method else counted(result, self, about)
        self.answers.append((method, params, counts, (answer.get("error") or {}).get("code")))
        return result

    def coloured(self, method, uri, result):
        """The coloured words of an answer; one that tells changes is applied to the answer before."""
        if not result:
            return result
        data = list(self.colours.get(uri, []))
        for edit in result.get("edits", []):
            data[edit["start"]:edit["start"] + edit["deleteCount"]] = edit.get("data", [])
        data = result.get("data", data)
        if not method.endswith("range"):
            self.colours[uri] = data
        return tokens_counted(data, self, uri)

    def uri(self, path):
        return self.root + "/" + path

    def text(self, uri):
        """What the client has open, else what is on disk: the server speaks about both."""
        if uri not in self.texts:
            path = pathlib.Path(unquote(uri.removeprefix("file://")))
            self.texts[uri] = read(path) if path.is_file() else ""
        return self.texts[uri]

    def place(self, line, text, characters):
        return {"line": line, "character": width(self.encoding, text[:characters])}

    def capabilities(self):
        if not self.able:
            return {"window": {"workDoneProgress": True}}
        text = {
            "hover": {"contentFormat": ["markdown", "plaintext"]}, "definition": {"linkSupport": True},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
            "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"], "labelDetailsSupport": True}},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor.rewrite"]}},
                           "dataSupport": True, "isPreferredSupport": True, "resolveSupport": {"properties": ["edit"]}},
            "semanticTokens": {"requests": {"full": {"delta": True}, "range": True}, "tokenTypes": ["class", "macro"],
                               "tokenModifiers": [], "formats": ["relative"]},
            "rename": {"prepareSupport": True}, "documentLink": {"tooltipSupport": True},
            "foldingRange": {}, "selectionRange": {}, "codeLens": {}, "inlayHint": {}, "callHierarchy": {}, "typeHierarchy": {},
        }
        refresh = {"refreshSupport": True}
        workspace = {
            "configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}, "workspaceFolders": True,
            "didChangeWatchedFiles": {"dynamicRegistration": True}, "applyEdit": True, "symbol": {},
            "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"],
                              "changeAnnotationSupport": {}},
            "fileOperations": {"willRename": True}, "semanticTokens": refresh, "codeLens": refresh, "inlayHint": refresh,
        }
        if self.pull:
            text["diagnostic"], workspace["diagnostics"] = {}, refresh
        else:
            text["publishDiagnostics"] = {"relatedInformation": True, "versionSupport": True, "dataSupport": True,
                                          "codeDescriptionSupport": True}
        return {"general": {"positionEncodings": [self.encoding]}, "textDocument": text, "workspace": workspace,
                "window": {"workDoneProgress": True, "showDocument": {"support": True}}}

    # Parts of a session.

    def begin(self):
        folders = [{"uri": self.root, "name": "seeds"}]
        params = {"processId": os.getpid(), "rootUri": self.root, "workspaceFolders": folders, "capabilities": self.capabilities()}
        self.ask("initialize", params)
        self.tell("initialized", {})
        self.until_read()

    def until_read(self):
        self.until(lambda it: it.get("method") == "$/progress" and it["params"]["value"]["kind"] == "end")

    def open(self, path, text):
        uri = self.uri(path)
        self.texts[uri] = text
        self.opened.append(uri)
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})

    def look_at(self, path, text):
        """Everything that an editor asks for a whole text."""
        uri = self.uri(path)
        document, rows = {"textDocument": {"uri": uri}}, lines(text)
        whole = {"start": {"line": 0, "character": 0}, "end": self.place(len(rows) - 1, rows[-1], len(rows[-1]))}
        for method in ("documentSymbol", "documentLink", "foldingRange"):
            self.ask("textDocument/" + method, document, uri)
        for lens in (self.ask("textDocument/codeLens", document, uri) or [])[:3]:
            command = self.ask("codeLens/resolve", lens, uri)["command"]
            self.ask("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]}, uri)
        tokens = self.ask("textDocument/semanticTokens/full", document, uri)
        self.ask("textDocument/semanticTokens/range", {**document, "range": whole}, uri)
        if tokens:
            self.ask("textDocument/semanticTokens/full/delta", {**document, "previousResultId": tokens["resultId"]}, uri)
        self.ask("textDocument/inlayHint", {**document, "range": whole}, uri)
        if self.pull:
            report = self.ask("textDocument/diagnostic", document, uri)
            self.ask("textDocument/diagnostic", {**document, "previousResultId": report["resultId"]}, uri)

    def look_around(self, path, text, step):
        """Everything that an editor asks at a place, at one place after every `step` characters."""
        uri, count = self.uri(path), 0
        for number, row in enumerate(lines(text)):
            for at in range(0, len(row) + 1, step):
                count += 1
                place = self.place(number, row, at)
                here = {"textDocument": {"uri": uri}, "position": place}
                for method in ("hover", "definition", "typeDefinition", "documentHighlight"):
                    self.ask("textDocument/" + method, here, uri)
                self.ask("textDocument/selectionRange", {"textDocument": {"uri": uri}, "positions": [place]}, uri)
                self.ask("textDocument/references", {**here, "context": {"includeDeclaration": True}}, uri)
                if self.ask("textDocument/prepareRename", here, uri):
                    self.ask("textDocument/rename", {**here, "newName": f"renamed-{count}"}, uri)
                listed = self.ask("textDocument/completion", here, uri)
                for item in (listed or {"items": []})["items"][:1]:
                    self.ask("completionItem/resolve", item, uri)
                for item in self.ask("textDocument/prepareTypeHierarchy", here, uri) or []:
                    for way in ("supertypes", "subtypes"):
                        self.ask("typeHierarchy/" + way, {"item": item}, item["uri"])
                for item in self.ask("textDocument/prepareCallHierarchy", here, uri) or []:
                    for way in ("incoming", "outgoing"):
                        self.ask(f"callHierarchy/{way}Calls", {"item": item}, item["uri"])
                self.act(uri, place)

    def act(self, uri, place):
        params = {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": {"diagnostics": []}}
        for action in self.ask("textDocument/codeAction", params, uri) or []:
            if "data" in action:
                self.ask("codeAction/resolve", action, uri)

    def search(self):
        for words in ("", "temu", "人民", "people", "2024", "é"):
            self.ask("workspace/symbol", {"query": words})

    def move_files(self):
        for old, new in (("corpus/propaganda-data-apps.en.txt", "corpus/x.txt"), ("notes", "notizen"), ("actors/temu.md", "actors/t.md")):
            self.ask("workspace/willRenameFiles", {"files": [{"oldUri": self.uri(old), "newUri": self.uri(new)}]})

    def type_in(self, path):
        """Some keystrokes, with the colours after each."""
        uri = self.uri(path)
        document = {"textDocument": {"uri": uri}}
        known = self.ask("textDocument/semanticTokens/full", document, uri)
        for version, word in enumerate(("Temu ", "人民网 ", "😀 "), 2):
            rows = lines(self.texts[uri])
            start = self.texts[uri].index(rows[2])
            self.texts[uri] = self.texts[uri][:start] + word + self.texts[uri][start:]
            top = {"start": self.place(2, rows[2], 0), "end": self.place(2, rows[2], 0)}
            self.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": version},
                                                 "contentChanges": [{"range": top, "text": word}]})
            known = self.ask("textDocument/semanticTokens/full/delta", {**document, "previousResultId": known["resultId"]}, uri)
        if not self.pull:
            while self.diagnostics[uri].get("version") != version:
                self.until(lambda it: it.get("method") == "textDocument/publishDiagnostics")
            self.answers.append(("textDocument/publishDiagnostics", uri, counted(self.diagnostics[uri], self, uri), None))

    def pull_all(self):
        known = self.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
        ids = [{"uri": it["uri"], "value": it["resultId"]} for it in known]
        self.ask("workspace/diagnostic", {"previousResultIds": ids + [{"uri": self.uri("gone.md"), "value": "x"}]})

    def change_folders(self, folder):
        """A folder comes and goes."""
        event = {"uri": uri_of(folder), "name": "another"}
        self.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [event], "removed": []}})
        self.until_read()
        self.ask("workspace/symbol", {"query": "acme"})
        self.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [event]}})
        self.ask("workspace/symbol", {"query": "acme"})

    def command(self, uri, place):
        """A client without actions gets commands; one is run."""
        params = {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": {"diagnostics": []}}
        for command in (self.ask("textDocument/codeAction", params, uri) or [])[:1]:
            self.ask("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]}, uri)

    def end(self):
        for uri in self.opened:
            self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        # What the server still asks is answered before the end: it waits for nothing, but the judge counts.
        quiet = time.monotonic() + 1
        while time.monotonic() < quiet:
            try:
                message = self.messages.get(timeout=0.2)
            except queue.Empty:
                continue
            self.messages.put(message)
            self.until(lambda it: it is message)
        self.ask("shutdown", None)
        self.tell("exit", None)
        if self.process.wait(PATIENCE) != 0:
            raise SystemExit("the server ended with an error")
        self.log.close()

# ------------------------------------------------------------------------------------------------------------ sessions

def workspace():
    """The example corpus and the torture text, always at the same place, so that answers can be compared."""
    root = SCRATCH / "corpus 项目 [1]"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(SEEDS, root)
    (root / "notes/torture.md").write_text(TORTURE, encoding="utf-8", newline="")
    other = SCRATCH / "other"
    (other / "actors").mkdir(parents=True, exist_ok=True)
    (other / "actors/acme.md").write_text("---\nname: Acme Corporation\nnmae: x\n---\n", encoding="utf-8")
    return root, other

def session(name, encoding, pull, able):
    root, other = workspace()
    log = SCRATCH / f"{name}.jsonl"
    client = Client(log, root, encoding, pull, able)
    client.begin()
    paths = ["notes/torture.md", "notes/data-brokers.md", "notes/checked.md", "corpus/microsoft-medias-chinois.fr.txt",
             "actors/peoples-data.md", "actors/people.yaml", "references.yaml", "glossator.toml",
             "annotations/notes/checked.md.jsonl"]
    for path in paths:
        text = read(root / path) if (root / path).is_file() else ""
        client.open(path, text)
        client.look_at(path, text)
        client.look_around(path, text, 3 if path == paths[0] else 97)
    client.search()
    client.move_files()
    if able:
        client.type_in(paths[0])
        client.change_folders(other)
    else:
        client.command(client.uri(paths[0]), {"line": 2, "character": 4})
    if pull:
        client.pull_all()
    client.end()
    return log, client

# ----------------------------------------------------------------------------------------------------------- the judge

def judged(logs):
    """The judge's complaints about the server, without those that are its own mistakes."""
    judge = [sys.executable, SHARED / "editors/lsp-check.py", SHARED / "protocol/metaModel.json", *logs]
    out = subprocess.run(judge, capture_output=True, text=True, check=False)
    if out.stderr or not out.stdout:
        raise SystemExit(f"the judge failed: {out.stderr}")
    complaints = [line.strip() for line in out.stdout.splitlines() if line.startswith("  ")]
    messages = {str(log): [json.loads(line)["msg"] for line in open(log, encoding="utf-8")] for log in logs}
    mistakes = [it for it in complaints if is_mistake(it, messages)]
    return [it for it in complaints if it not in set(mistakes)], len(mistakes)

def is_mistake(complaint, messages):
    """Whether the judge has measured an item of a hierarchy against the text of the request.

    An item has a `uri` of its own, and its ranges are in that file: an actor's item is its record, wherever it is named.
    The judge knows that for `range` where the file is open, but measures `range` and `selectionRange` against the file of
    the request as well.
    """
    parts = re.fullmatch(r"(.+?):(\d+): server: answer to (textDocument/prepare(?:Type|Call)Hierarchy) "
                         r"\[(\d+)\]\.(range|selectionRange): .+", complaint)
    if not parts:
        return False
    log, number, method, index, _ = parts.groups()
    answer = messages[log][int(number) - 1]
    asked = [it for it in messages[log] if it.get("id") == answer["id"] and it.get("method") == method]
    return all(it["params"]["textDocument"]["uri"] != answer["result"][int(index)]["uri"] for it in asked)

# ---------------------------------------------------------------------------------------------------------- comparison

def counted(value, client, uri):
    """A value with all columns counted in characters, and without what differs from session to session."""
    if isinstance(value, list):
        return [counted(it, client, uri) for it in value]
    if isinstance(value, str):
        return re.sub(r"urn:uuid:[-0-9a-f]+|\d{4}-\d\d-\d\dT[\d:.]+Z", "NEW", value)
    if not isinstance(value, dict):
        return value
    if set(value) == {"line", "character"}:
        rows = lines(client.text(uri))
        row = rows[value["line"]] if value["line"] < len(rows) else ""
        return {"line": value["line"], "character": characters(client.encoding, row, value["character"])}
    own = value.get("uri") or (value.get("textDocument") or {}).get("uri") or (value.get("from") or {}).get("uri") or uri
    counts = {}
    for key, part in value.items():
        if key == "changes":
            counts[key] = {it: counted(edits, client, it) for it, edits in part.items()}
        elif key.startswith("target"):
            counts[key] = counted(part, client, value.get("targetUri", own))
        elif key not in ("resultId", "positionEncoding"):
            counts[key] = counted(part, client, own)
    return counts

def tokens_counted(data, client, uri):
    rows, line, column, counts = lines(client.text(uri)), 0, 0, []
    for at in range(0, len(data) - 4, 5):
        line, column = line + data[at], data[at + 1] + (0 if data[at] else column)
        ends = [characters(client.encoding, rows[line], it) for it in (column, column + data[at + 2])]
        counts.append([line, *ends, *data[at + 3:at + 5]])
    return counts

def differences(able):
    """Where the sessions in two encodings differ, as far as the first difference of each kind of request."""
    found = {}
    first, *others = able
    for other in others:
        if len(first.answers) != len(other.answers):
            found["length"] = f"{len(first.answers)} answers in {first.encoding}, {len(other.answers)} in {other.encoding}"
        for (method, params, one, code), (_, _, two, other_code) in zip(first.answers, other.answers):
            if (one, code) != (two, other_code) and method != "initialize" and method not in found:
                found[method] = f"{first.encoding} and {other.encoding} differ: {short(params)}: {short(one)} | {short(two)}"
    return found

def short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 600 else text[:600] + "…"

FEATURES = """hover definition typeDefinition references documentHighlight documentSymbol documentLink foldingRange
selectionRange prepareTypeHierarchy prepareCallHierarchy completion semanticTokens/full semanticTokens/range
semanticTokens/full/delta inlayHint codeLens prepareRename rename codeAction""".split()
OTHERS = """typeHierarchy/supertypes typeHierarchy/subtypes callHierarchy/incomingCalls callHierarchy/outgoingCalls
completionItem/resolve codeLens/resolve codeAction/resolve workspace/symbol workspace/willRenameFiles
workspace/executeCommand""".split()

def main():
    logs, clients = [], []
    for pull in (False, True):
        for encoding in ENCODINGS:
            log, client = session(f"{'pull' if pull else 'push'}-{encoding}", encoding, pull, True)
            logs.append(log), clients.append(client)
    log, plain = session("plain", "utf-16", False, False)
    logs.append(log)
    complaints, n_mistakes = judged(logs)
    wanted = ["textDocument/" + it for it in FEATURES] + OTHERS
    silent = []
    for client in clients:
        more = ["textDocument/diagnostic", "workspace/diagnostic"] if client.pull else ["textDocument/publishDiagnostics"]
        answered = {method for method, _, result, _ in client.answers if result}
        silent += [f"{client.encoding}: {it} answered nothing" for it in wanted + more if it not in answered]
    differing = [it for of in (clients[:3], clients[3:]) for it in differences(of).items()]
    n_messages = sum(1 for log in logs for _ in open(log, encoding="utf-8"))
    print(f"{len(logs)} sessions, {n_messages} messages, {len(wanted) + 3} features: {len(complaints)} faults "
          f"({n_mistakes} complaints are mistakes of the judge), {len(silent)} silent, {len(differing)} differences")
    for line in complaints[:50] + silent + [f"{method}: {text}" for method, text in differing]:
        print("  " + line)
    sys.exit(1 if complaints or silent or differing else 0)

main()
