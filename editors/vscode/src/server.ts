import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';

/** Where a server program may be; all that the search looks at, so that a test can make its own. */
export interface Surroundings {
  /** The setting `glossator.server.path`; empty when the user has not set it. */
  setting: string;
  /** The folder inside the extension that holds the bundled program. */
  bundled: string;
  /** The `PATH` variable. */
  path: string;
  windows: boolean;
}

/** The program to start, or the places where it was looked for in vain. */
export type Search = { found: true; program: string } | { found: false; lookedIn: string[] };

/**
 * Finds the server: the setting, else the bundled program, else `glossator` on the `PATH`.
 *
 * A setting that leads nowhere is not passed over: another program than the one asked for would be a surprise.
 * Relative paths count nowhere, neither in the setting nor on the `PATH`: they would depend on the folder that is open.
 */
export function findServer({ setting, bundled, path: searchPath, windows }: Surroundings): Search {
  const executable = (name: string) => (windows && !/\.exe$/i.test(name) ? `${name}.exe` : name);
  const onPath = (name: string) => searchPath.split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, executable(name)));

  const wanted = setting.trim().replace(/^~(?=[/\\])/, homedir());
  let candidates: string[];
  if (wanted === '') candidates = [path.join(bundled, executable('glossator')), ...onPath('glossator')];
  else if (path.isAbsolute(wanted)) candidates = [wanted];
  else if (/[/\\]/.test(wanted)) candidates = [];
  else candidates = onPath(wanted);

  const program = candidates.find(isProgram);
  return program ? { found: true, program } : { found: false, lookedIn: candidates.length ? candidates : [wanted] };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** So many deaths within so many milliseconds, and a server is beyond help. */
const DEATHS = 5;
const WITHIN = 180_000;

/** Whether a server that died at those times, the last one now, is to be left dead. */
export function tooManyDeaths(times: number[]): boolean {
  const last = times[times.length - 1] ?? 0;
  return times.filter((time) => last - time < WITHIN).length >= DEATHS;
}
