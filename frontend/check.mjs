/**
 * What Maven runs in the phase `test`: install what package-lock.json says, then format, types, tests, and the page that
 * shows all components. Does nothing where nothing has changed since it last passed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const passedStamp = join(here, 'target', 'frontend-check.sha256');
const installedStamp = join(here, 'node_modules', '.tillpost-lock.sha256');
const showcase = join(here, 'target', 'showcase', 'index.html');

function filesBelow(folder) {
  return readdirSync(join(here, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.java'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function hash(files) {
  const sum = createHash('sha256');
  for (const file of files) {
    sum.update(file).update('\0').update(readFileSync(file));
  }
  return sum.digest('hex');
}

function contents(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function run(command, args, options = {}) {
  console.log(`frontend: ${[command === process.execPath ? 'node' : command, ...args].join(' ')}`);
  const { status, error } = spawnSync(command, args, { cwd: here, stdio: 'inherit', ...options });
  if (error || status !== 0) {
    console.error(
      error ? `frontend: ${command} could not be started: ${error.message}` : `frontend: failed with ${status}`,
    );
    process.exit(status || 1);
  }
}

/** A tool out of node_modules, run by this very Node. */
function tool(script, ...args) {
  run(process.execPath, [join(here, 'node_modules', script), ...args]);
}

// `-Dtest=SomeTest` asks for one Java test, mostly of another module.
const asked = process.argv[2] ?? '';
if (asked && !asked.startsWith('${')) {
  console.log(`frontend: only ${asked} was asked for, scripts are not checked`);
  process.exit(0);
}

const configuration = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', '.prettierrc.json'];
const inputs = hash([...configuration, 'check.mjs'].map((file) => join(here, file)).concat(filesBelow('src')));
if (contents(passedStamp) === inputs && existsSync(showcase)) {
  console.log('frontend: nothing has changed since the last check');
  process.exit(0);
}

const lock = hash([join(here, 'package-lock.json')]);
if (contents(installedStamp) !== lock) {
  // npm is the machine's own; it is a script on Windows, so a shell has to start it there.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' });
  writeFileSync(installedStamp, lock);
}
tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.');
tool('typescript/bin/tsc', '--noEmit');
tool('vitest/vitest.mjs', 'run', '--reporter=dot');
tool('vite/bin/vite.js', 'build', '--logLevel=warn');
mkdirSync(join(here, 'target'), { recursive: true });
writeFileSync(passedStamp, inputs);
