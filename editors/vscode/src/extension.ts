import * as vscode from 'vscode';
import { LanguageClient, State } from 'vscode-languageclient/node';
import { findServer } from './server';

/** The files that the server is told about while they are open; the others it reads from disk by itself. */
const DOCUMENTS = [
  ...['markdown', 'plaintext', 'yaml', 'json', 'jsonl', 'bibtex'].map((language) => ({ scheme: 'file', language })),
  ...['**/*.jsonl', '**/*.bib', '**/glossator.toml'].map((pattern) => ({ scheme: 'file', pattern })),
];

let client: LanguageClient | undefined;
/** The start or stop under way; the next one waits for it, so that there is never a second server. */
let turn: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Glossator', { log: true });
  const trace = vscode.window.createOutputChannel('Glossator Trace', { log: true });
  const status = vscode.window.createStatusBarItem('server', vscode.StatusBarAlignment.Left);
  status.name = 'Glossator';
  status.command = 'glossator.showLog';
  status.show();

  const show = (icon: string, tooltip: string) => {
    status.text = `$(${icon}) Glossator`;
    status.tooltip = tooltip;
  };

  const start = async () => {
    const settings = vscode.workspace.getConfiguration('glossator.server');
    const search = findServer({
      setting: settings.get('path', ''),
      bundled: context.asAbsolutePath('server'),
      path: process.env.PATH ?? '',
      windows: process.platform === 'win32',
    });
    if (!search.found) {
      show('error', 'The server program was not found');
      log.error(`The server program was not found. Looked in:\n  ${search.lookedIn.join('\n  ')}`);
      void offerRemedies(settings.get('path', ''));
      return;
    }
    log.info(`Starting ${search.program}`);
    const serverOptions = { command: search.program, args: ['lsp', ...settings.get<string[]>('args', [])] };
    client = new LanguageClient('glossator', 'Glossator', serverOptions, {
      documentSelector: DOCUMENTS,
      outputChannel: log,
      traceOutputChannel: trace,
    });
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) show('sync~spin', 'The server is starting');
      else if (newState === State.Running) show('check', serverVersion());
      else show('error', 'The server is not running');
    });
    try {
      await client.start();
    } catch (error) {
      show('error', 'The server could not be started');
      log.error(`${search.program} could not be started: ${error}`);
    }
  };
  const restart = () => (turn = turn.then(stop).then(start));

  context.subscriptions.push(
    log, trace, status,
    vscode.commands.registerCommand('glossator.restartServer', restart),
    vscode.commands.registerCommand('glossator.showLog', () => log.show()),
    vscode.commands.registerCommand('glossator.serverVersion', () => vscode.window.showInformationMessage(serverVersion())),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('glossator.server')) void restart();
    }),
  );
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

async function offerRemedies(setting: string): Promise<void> {
  const remedy = setting
    ? `glossator.server.path says "${setting}": correct it, or clear it.`
    : 'Install glossator so that it is on the PATH, or set glossator.server.path to it.';
  const message = `Glossator: the server program was not found. ${remedy}`;
  const chosen = await vscode.window.showErrorMessage(message, 'Open Settings', 'Show Log');
  if (chosen === 'Open Settings') await vscode.commands.executeCommand('workbench.action.openSettings', 'glossator.server.path');
  if (chosen === 'Show Log') await vscode.commands.executeCommand('glossator.showLog');
}
