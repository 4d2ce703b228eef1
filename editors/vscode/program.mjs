// Which machine a program is for, by its first bytes: a package must not hold a program that cannot run where it is installed.

const CPUS = {
  elf: { 0x3e: 'x64', 0xb7: 'arm64', 0x28: 'armhf' },
  mach: { 0x01000007: 'x64', 0x0100000c: 'arm64' },
  pe: { 0x8664: 'x64', 0xaa64: 'arm64' },
};

/** The platform in the words of the package's targets (`linux-x64`); `unknown` parts stay so. */
export function platformOf(bytes) {
  const word = (at) => (at + 4 <= bytes.length ? bytes.readUInt32LE(at) : 0);
  const named = (system, cpus, cpu) => `${system}-${cpus[cpu] ?? 'unknown'}`;
  if (bytes.subarray(0, 4).toString('latin1') === '\x7fELF') return named('linux', CPUS.elf, word(0x12) & 0xffff);
  if (word(0) === 0xfeedfacf) return named('darwin', CPUS.mach, word(4));
  if (bytes.subarray(0, 2).toString('latin1') === 'MZ') return named('win32', CPUS.pe, word(word(0x3c) + 4) & 0xffff);
  return 'unknown';
}
