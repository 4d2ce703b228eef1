// The tests of a file, one after the other; the last line is "N passed, N failed".

let passed = 0;
let failed = 0;

/** Counts a test and says how it went. */
export function report(name, error, milliseconds) {
  error ? failed++ : passed++;
  console.log(`${error ? 'not ok' : 'ok'} - ${name} (${milliseconds} ms)${error ? `\n${error}` : ''}`);
}

/** Runs a test. */
export async function test(name, body) {
  const start = Date.now();
  const error = await body().then(() => undefined, (caught) => caught.stack);
  report(name, error, Date.now() - start);
  return !error;
}

/** Asks until the answer is truthy. */
export async function eventually(what, ask, patience = 60_000) {
  for (const start = Date.now(); Date.now() - start < patience; ) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Says how all went, and ends the program. */
export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed || !passed ? 1 : 0);
}
