import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { CloseAction, CloseHandlerResult, ErrorAction, ErrorHandler, LanguageClient, Location, Middleware, State } from 'vscode-languageclient/node';
import { findServer, Search, tooManyDeaths } from './server';

/** The files that the server is told about while they are open; the others it reads from disk by itself. */
const DOCUMENTS = [
  ...['markdown', 'plaintext', 'yaml', 'json', 'jsonl', 'bibtex'].map((language) => ({ scheme: 'file', language })),
  ...['**/*.jsonl', '**/*.bib', '**/glossator.toml'].map((pattern) => ({ scheme: 'file', pattern })),
];

/** A client that says nothing in pop-ups: a server that fails would bring half a dozen of them, and hide the one that helps. */
class QuietClient extends LanguageClient {
  error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

let client: QuietClient | undefined;
/** The start or stop under way; the next one waits for it, so that there is never a second server. */
let turn: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Glossator', { log: true });
  const trace = vscode.window.createOutputChannel('Glossator Trace', { log: true });
  const status = vscode.window.createStatusBarItem('server', vscode.StatusBarAlignment.Left);
  status.name = 'Glossator';
  status.command = 'glossator.menu';
  status.show();

  const show = (icon: string, tooltip: string) => {
    status.text = `$(${icon}) Glossator`;
    status.tooltip = tooltip;
  };
  const search = () => findServer({
    setting: vscode.workspace.getConfiguration('glossator.server').get('path', ''),
    bundled: context.asAbsolutePath('server'),
    path: process.env.PATH ?? '',
    windows: process.platform === 'win32',
  });

  const start = async () => {
    const found = search();
    if (!found.found) {
      show('error', 'The server program was not found');
      log.error(`The server program was not found. Looked in:\n  ${found.lookedIn.join('\n  ')}`);
      void sayMissing();
      return;
    }
    log.info(`Starting ${found.program}`);
    const args = vscode.workspace.getConfiguration('glossator.server').get<string[]>('args', []);
    client = new QuietClient('glossator', 'Glossator', { command: found.program, args: ['lsp', ...args] }, {
      documentSelector: DOCUMENTS,
      outputChannel: log,
      traceOutputChannel: trace,
      errorHandler: deathWatch(log),
      middleware: peek(),
      initializationFailedHandler: () => false,
    });
    // A server that dies before it has answered leaves the start waiting for ever; the next turn must not wait with it.
    const ended = new Promise<void>((resolve) => client?.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) show('sync~spin', 'The server is starting');
      else if (newState === State.Running) show('check', serverVersion());
      else {
        show('error', 'The server is not running');
        resolve();
      }
    }));
    try {
      await Promise.race([client.start(), ended]);
    } catch (error) {
      show('error', 'The server could not be started');
      log.error(`${found.program} could not be started: ${error}`);
    }
  };
  const restart = () => (turn = turn.then(stop).then(start));

  context.subscriptions.push(
    log, trace, status,
    vscode.commands.registerCommand('glossator.restartServer', restart),
    vscode.commands.registerCommand('glossator.showLog', () => log.show()),
    vscode.commands.registerCommand('glossator.showTrace', () => trace.show()),
    vscode.commands.registerCommand('glossator.serverVersion', () => vscode.window.showInformationMessage(serverVersion())),
    vscode.commands.registerCommand('glossator.openWalkthrough', () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`)),
    vscode.commands.registerCommand('glossator.menu', showMenu),
    vscode.commands.registerCommand('glossator.makeWorkspace', () => makeWorkspace(search(), log)),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('glossator.server')) void restart();
    }),
  );
  void vscode.commands.executeCommand('setContext', 'glossator.active', true);
  await restart();
}

export async function deactivate(): Promise<void> {
  await (turn = turn.then(stop));
}

async function stop(): Promise<void> {
  const last = client;
  client = undefined;
  // A server that has crashed, or was never there, cannot be stopped; that is as good as stopped.
  await last?.dispose().catch(() => undefined);
}

function serverVersion(): string {
  const info = client?.initializeResult?.serverInfo;
  return info ? `Glossator server ${info.version ?? 'of unknown version'}` : 'Glossator: the server is not running';
}

/** What a code lens counts is listed in place, as VS Code does it; other editors are led to the first of the places. */
function peek(): Middleware {
  let notShown = 0;
  return {
    executeCommand: async (command, args, next) => {
      if (command !== 'glossator.references' || !client) return next(command, args);
      notShown++;
      const places: Location[] | null = await next(command, args);
      if (!places?.length) {
        notShown--;
        return places;
      }
      const [uri, position] = args;
      const from = client.protocol2CodeConverter;
      const found = await from.asReferences(places);
      await vscode.commands.executeCommand('editor.action.showReferences', from.asUri(uri), from.asPosition(position), found);
      return places;
    },
    window: {
      showDocument: async (params, token, next) => {
        if (notShown === 0) return next(params, token);
        notShown--;
        return { success: true };
      },
    },
  };
}

/** A server that dies is started anew; one that dies while it starts, or again and again, is left alone, and the user is told. */
function deathWatch(log: vscode.LogOutputChannel): ErrorHandler {
  const deaths: number[] = [];
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: (): CloseHandlerResult => {
      deaths.push(Date.now());
      const unborn = client?.state !== State.Running;
      const lost = unborn || tooManyDeaths(deaths);
      log.error(`The server has ended unexpectedly; it is ${lost ? 'not ' : ''}started anew.`);
      if (unborn) void sayLost('the server could not be started');
      else if (lost) void sayLost('the server has ended several times in a row and is not started again');
      return { action: lost ? CloseAction.DoNotRestart : CloseAction.Restart, handled: true };
    },
  };
}

/** Shows an error, and runs the command of the button that was chosen. */
async function say(message: string, remedies: Record<string, [command: string, argument?: string]>): Promise<void> {
  const chosen = await vscode.window.showErrorMessage(message, ...Object.keys(remedies));
  if (chosen) await vscode.commands.executeCommand(...remedies[chosen]);
}

function sayMissing(): Promise<void> {
  const setting = vscode.workspace.getConfiguration('glossator.server').get('path', '');
  const remedy = setting
    ? `glossator.server.path says "${setting}": correct it, or clear it.`
    : 'Install glossator so that it is on the PATH, or set glossator.server.path to it.';
  return say(`Glossator: the server program was not found. ${remedy}`, {
    'Open Settings': ['workbench.action.openSettings', 'glossator.server.path'],
    'Show Log': ['glossator.showLog'],
  });
}

function sayLost(what: string): Promise<void> {
  return say(`Glossator: ${what}. The log may say why.`, {
    'Restart Server': ['glossator.restartServer'],
    'Show Log': ['glossator.showLog'],
  });
}

async function showMenu(): Promise<void> {
  const chosen = await vscode.window.showQuickPick([
    { label: '$(debug-restart) Restart Server', command: 'glossator.restartServer' },
    { label: '$(output) Show Log', command: 'glossator.showLog' },
    { label: '$(list-tree) Show Trace', command: 'glossator.showTrace' },
    { label: '$(gear) Settings', command: 'workbench.action.openSettings', argument: 'glossator' },
    { label: '$(book) Get Started', command: 'glossator.openWalkthrough' },
  ], { title: serverVersion() });
  if (chosen) await vscode.commands.executeCommand(chosen.command, ...(chosen.argument ? [chosen.argument] : []));
}

/** Has the program make a workspace of the open folder; it overwrites nothing. */
async function makeWorkspace(server: Search, log: vscode.LogOutputChannel): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (!folder) return say('Glossator: open a folder first.', { 'Open a Folder': ['workbench.action.files.openFolder'] });
  if (!server.found) return sayMissing();
  try {
    const { stdout } = await promisify(execFile)(server.program, ['init', folder]);
    log.info(stdout);
    await vscode.window.showTextDocument(vscode.Uri.file(`${folder}/glossator.toml`));
  } catch (error) {
    await say(`Glossator: no workspace could be made in ${folder}: ${error}`, { 'Show Log': ['glossator.showLog'] });
  }
}
