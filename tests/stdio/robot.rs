//! A small editor without a screen.

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than anything takes on a busy machine; a test that gets there has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Capabilities with everything that the server knows to use.
pub(crate) fn everything() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": {
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "definition": { "linkSupport": true },
            "publishDiagnostics": { "relatedInformation": true, "versionSupport": true, "dataSupport": true },
        },
        "workspace": {
            "configuration": true,
            "didChangeConfiguration": { "dynamicRegistration": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
        "window": { "workDoneProgress": true },
    })
}

/// Progress, so that tests can wait for the workspace to be read, and files are watched by the test alone.
pub(crate) fn plain() -> Value {
    json!({
        "window": { "workDoneProgress": true },
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
    })
}

/// The program that is tested.
pub(crate) fn program() -> String {
    std::env::var("GLOSSATOR").unwrap_or_else(|_| env!("CARGO_BIN_EXE_glossator").to_owned())
}

/// A folder with files.
pub(crate) struct Workspace(TempDir);

impl Workspace {
    /// A folder with these files; `actors/acme.md` and `references.yaml` are there in any case.
    pub(crate) fn new(files: &[(&str, &str)]) -> Workspace {
        let workspace = Workspace(TempDir::new().unwrap());
        workspace.write("actors/acme.md", "---\nname: Acme Corporation\ntype: company\n---\nMakes anvils.\n");
        workspace.write("references.yaml", "- id: atlas\n  type: book\n  title: Atlas of Anvils\n");
        for (path, text) in files {
            workspace.write(path, text);
        }
        workspace
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.root().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        std::fs::remove_file(self.root().join(path)).unwrap();
    }

    /// The URI of a file whose path needs no encoding.
    pub(crate) fn uri(&self, path: &str) -> String {
        format!("{}/{path}", self.root_uri())
    }

    pub(crate) fn root_uri(&self) -> String {
        format!("file://{}", self.root().display())
    }
}

/// A running server and its client's side of the pipes.
pub(crate) struct Robot {
    pub(crate) process: Child,
    stdin: Option<ChildStdin>,
    stdout: Option<Box<dyn Read + Send>>,
    messages: Option<Receiver<Value>>,
    unread: VecDeque<Value>,
    last_id: i64,
}

impl Drop for Robot {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Robot {
    /// Starts a server whose stdout nobody reads yet.
    pub(crate) fn unread() -> Robot {
        Robot::unread_of(&program(), &["lsp"])
    }

    /// The same, started by other programs with their arguments.
    pub(crate) fn under(starters: &[&str]) -> Robot {
        let program = program();
        let words: Vec<&str> = starters.iter().copied().chain([program.as_str(), "lsp"]).collect();
        Robot::unread_of(words[0], &words[1..])
    }

    /// Starts a program whose stdout nobody reads yet.
    pub(crate) fn unread_of(program: &str, arguments: &[&str]) -> Robot {
        let mut robot = Robot::writing_to(Stdio::piped(), program, arguments);
        let stdout = robot.process.stdout.take().unwrap();
        robot.stdout = Some(Box::new(stdout));
        robot
    }

    /// Starts a server that writes to a socket, which is what some editors give their children, and which nobody reads yet.
    /// Writing there waits until there is room, or fails.
    #[cfg(unix)]
    pub(crate) fn unread_over_a_socket(waits: bool) -> Robot {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
        theirs.set_nonblocking(!waits).unwrap();
        let stdout = Stdio::from(std::os::fd::OwnedFd::from(theirs));
        let mut robot = Robot::writing_to(stdout, &program(), &["lsp"]);
        robot.stdout = Some(Box::new(ours));
        robot
    }

    fn writing_to(stdout: Stdio, program: &str, arguments: &[&str]) -> Robot {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(stdout).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let stdin = process.stdin.take();
        Robot { process, stdin, stdout: None, messages: None, unread: VecDeque::new(), last_id: 0 }
    }

    /// Starts a server.
    pub(crate) fn new() -> Robot {
        let mut robot = Robot::unread();
        robot.begin_reading();
        robot
    }

    /// Starts a server and says hello for a workspace.
    pub(crate) fn start(workspace: &Workspace, capabilities: Value) -> Robot {
        let mut robot = Robot::new();
        robot.initialize(json!({
            "processId": null,
            "rootUri": workspace.root_uri(),
            "workspaceFolders": [{ "uri": workspace.root_uri(), "name": "test" }],
            "capabilities": capabilities,
        }));
        robot
    }

    /// The same, and waits until the workspace is read.
    pub(crate) fn ready(workspace: &Workspace) -> Robot {
        let mut robot = Robot::start(workspace, plain());
        robot.wait_until_read();
        robot
    }

    /// Says hello; returns the server's capabilities.
    pub(crate) fn initialize(&mut self, params: Value) -> Value {
        let result = self.request("initialize", params);
        self.notify("initialized", json!({}));
        result["capabilities"].clone()
    }

    /// Starts a server for several workspace folders and waits until all are read.
    pub(crate) fn in_folders(uris: &[&str], capabilities: Value) -> Robot {
        let mut robot = Robot::new();
        let folders: Vec<Value> = uris.iter().map(|uri| folder(uri)).collect();
        let params = json!({ "processId": null, "workspaceFolders": folders, "capabilities": capabilities });
        robot.initialize(params);
        uris.iter().for_each(|_| robot.wait_until_read());
        robot
    }

    /// Tells that workspace folders came and went.
    pub(crate) fn change_folders(&mut self, added: &[&str], removed: &[&str]) {
        let list = |uris: &[&str]| uris.iter().map(|uri| folder(uri)).collect::<Vec<Value>>();
        let event = json!({ "added": list(added), "removed": list(removed) });
        self.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    }

    /// Answers the server's requests until the workspace is read.
    pub(crate) fn wait_until_read(&mut self) {
        loop {
            let message = self.take("the end of reading the workspace", |message| {
                message["method"] == "$/progress" || is_request(message)
            });
            match message["method"].as_str() {
                Some("workspace/configuration") => self.answer(&message, json!([null])),
                Some("$/progress") if message["params"]["value"]["kind"] == "end" => return,
                Some("$/progress") => (),
                _ => self.answer(&message, Value::Null),
            }
        }
    }

    pub(crate) fn begin_reading(&mut self) {
        let (sender, receiver) = channel();
        let stdout = self.stdout.take().unwrap();
        std::thread::spawn(move || read(BufReader::new(stdout), &sender));
        self.messages = Some(receiver);
    }

    pub(crate) fn close_stdin(&mut self) {
        self.stdin = None;
    }

    pub(crate) fn close_stdout(&mut self) {
        self.stdout = None;
    }

    // Sending.

    /// Sends bytes as they are.
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    /// Sends a body with its header.
    pub(crate) fn frame(&mut self, body: &str) {
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.frame(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string());
    }

    /// Sends a request; returns its id.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        self.frame(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string());
        id
    }

    /// Answers a request of the server.
    pub(crate) fn answer(&mut self, request: &Value, result: Value) {
        self.frame(&json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }).to_string());
    }

    // Reading.

    /// The whole answer to a request.
    pub(crate) fn reply(&mut self, id: i64) -> Value {
        self.take(&format!("the answer to request {id}"), |message| message["id"] == id && !is_request(message))
    }

    /// Sends a request and returns its result.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.result(id)
    }

    /// The result of a request sent before.
    pub(crate) fn result(&mut self, id: i64) -> Value {
        let reply = self.reply(id);
        assert!(reply.get("error").is_none(), "{reply}");
        reply["result"].clone()
    }

    /// The error code that answers a request.
    pub(crate) fn error(&mut self, id: i64) -> i64 {
        let reply = self.reply(id);
        reply["error"]["code"].as_i64().unwrap_or_else(|| panic!("no error: {reply}"))
    }

    /// The next message of the server with this method.
    pub(crate) fn hear(&mut self, method: &str) -> Value {
        self.take(method, |message| message["method"] == method)
    }

    /// The next warning of the server with these words.
    pub(crate) fn hear_warning(&mut self, words: &str) {
        self.take(words, |message| {
            message["method"] == "window/logMessage" && message["params"]["message"].as_str().unwrap().contains(words)
        });
    }

    /// Forgets what was not read: for sessions that go on for long.
    #[allow(dead_code, reason = "the benches need it")]
    pub(crate) fn forget(&mut self) {
        self.unread.clear();
    }

    /// The first message that fits; others stay unread.
    pub(crate) fn take(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&fits) {
            return self.unread.remove(at).unwrap();
        }
        let deadline = Instant::now() + PATIENCE;
        loop {
            let rest = deadline.saturating_duration_since(Instant::now());
            match self.messages.as_ref().unwrap().recv_timeout(rest) {
                Ok(message) if fits(&message) => return message,
                Ok(message) => self.unread.push_back(message),
                Err(RecvTimeoutError::Timeout) => panic!("waited too long for {what}; unread: {:#?}", self.unread),
                Err(RecvTimeoutError::Disconnected) => panic!("the server ended before {what}"),
            }
        }
    }

    /// Asks again until the answer is yes: for what happens in the background without a message at its end.
    pub(crate) fn until(&mut self, what: &str, mut fits: impl FnMut(&mut Robot) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !fits(self) {
            assert!(Instant::now() < deadline, "waited too long for {what}");
        }
    }

    // Texts.

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces what is between two places, each `(line, column)`.
    pub(crate) fn edit(&mut self, uri: &str, version: i32, from: (u32, u32), to: (u32, u32), text: &str) {
        let range = json!({ "start": position(from), "end": position(to) });
        self.change(uri, version, json!([{ "range": range, "text": text }]));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Asks about a place in a text.
    pub(crate) fn ask_at(&mut self, method: &str, uri: &str, place: (u32, u32)) -> i64 {
        let context = json!({ "includeDeclaration": false });
        let document = json!({ "uri": uri });
        self.ask(method, json!({ "textDocument": document, "position": position(place), "context": context }))
    }

    pub(crate) fn at(&mut self, method: &str, uri: &str, place: (u32, u32)) -> Value {
        let id = self.ask_at(method, uri, place);
        self.result(id)
    }

    /// The words of a hover; nothing if there is none.
    pub(crate) fn hover(&mut self, uri: &str, place: (u32, u32)) -> String {
        words(&self.at("textDocument/hover", uri, place))
    }

    /// The codes of the next diagnostics of a text that fit.
    pub(crate) fn diagnostics(&mut self, uri: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let published = self.take(&format!("diagnostics of {uri}"), |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && fits(&message["params"])
        });
        published["params"].clone()
    }

    // The end.

    /// Waits for the end of the process.
    pub(crate) fn ended(&mut self, within: Duration) -> ExitStatus {
        let deadline = Instant::now() + within;
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the server is still there after {within:?}");
            std::thread::sleep(Duration::from_millis(2)); // There is no other way to wait with a deadline.
        }
    }

    /// Ends the session as editors do; nothing may be unread but what the server sends by itself: diagnostics, progress,
    /// and its requests.
    pub(crate) fn finish(mut self) {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.ended(PATIENCE).code(), Some(0));
        let rest: Vec<Value> = self.messages.take().unwrap().into_iter().collect();
        let may_be_unread = |message: &Value| {
            let method = message["method"].as_str().unwrap_or("an answer");
            let asks_again = method.starts_with("workspace/") && method.ends_with("/refresh");
            let asks = ["client/registerCapability", "workspace/configuration"].contains(&method);
            method == "textDocument/publishDiagnostics" || method == "$/progress" || asks_again || asks
        };
        let unread: Vec<&Value> = self.unread.iter().chain(&rest).filter(|message| !may_be_unread(message)).collect();
        assert!(unread.is_empty(), "unread: {unread:#?}");
    }
}

pub(crate) fn position((line, character): (u32, u32)) -> Value {
    json!({ "line": line, "character": character })
}

/// The words of a hover; nothing if there is none.
pub(crate) fn words(hover: &Value) -> String {
    hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

fn folder(uri: &str) -> Value {
    json!({ "uri": uri, "name": "a folder" })
}

fn is_request(message: &Value) -> bool {
    message.get("id").is_some() && message.get("method").is_some()
}

fn read(mut stdout: impl BufRead, messages: &Sender<Value>) {
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if stdout.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            match line.trim_end() {
                "" => break,
                header => length = header.strip_prefix("Content-Length: ").unwrap().parse().unwrap(),
            }
        }
        let mut body = vec![0; length];
        if stdout.read_exact(&mut body).is_err() {
            return;
        }
        if messages.send(serde_json::from_slice(&body).unwrap()).is_err() {
            return;
        }
    }
}
