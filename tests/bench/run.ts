// `npm run bench` runs every benchmark, `npm run bench -- queries pipeline` the named ones. Each
// compares ours with a bare baseline within one run; no figure depends on how fast a machine is.
// What begins with `--` is passed on to the one named: `npm run bench -- player --only steady`.
import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Row } from './row.ts';
import { endWorld } from './world.ts';

/** A benchmark is a file here that exports `run`; these are what benchmarks are made of. */
const PARTS = ['load', 'rounds', 'row', 'run', 'world'];

const known = readdirSync(import.meta.dirname)
	.filter((file) => file.endsWith('.ts'))
	.map((file) => file.slice(0, -'.ts'.length))
	.filter((name) => !PARTS.includes(name));

const args = process.argv.slice(2);
const optionsAt = args.findIndex((arg) => arg.startsWith('--'));
const asked = optionsAt < 0 ? args : args.slice(0, optionsAt);
const options = optionsAt < 0 ? [] : args.slice(optionsAt);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
	console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
	process.exit(2);
}
if (options.length > 0 && asked.length !== 1) {
	console.error('Options are for one named benchmark.');
	process.exit(2);
}

const rows: Row[] = [];
const broken: string[] = [];
const load = () => loadavg().map((figure) => figure.toFixed(1));
try {
	for (const name of asked.length > 0 ? asked : known) {
		const startedAt = performance.now();
		try {
			const { run } = (await import(join(import.meta.dirname, `${name}.ts`))) as {
				run: (options: readonly string[]) => Promise<Row[]>;
			};
			rows.push(...(await run(options)));
		} catch (error) {
			console.error(`${name} could not be measured:`, error);
			broken.push(name);
		}
		const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
		console.log(`${name}: ${seconds} s, load average ${load().join(' ')}`);
	}
} finally {
	await endWorld();
}
console.table(rows.map((row) => ({ ...row, ratio: Number(row.ratio.toFixed(3)) })));
const missed = rows.filter(({ isReached }) => !isReached).map(({ name }) => name);
if (missed.length > 0) console.error(`Not reached: ${missed.join('; ')}.`);
if (broken.length > 0) console.error(`Not measured: ${broken.join(', ')}.`);
process.exitCode = missed.length + broken.length > 0 ? 1 : 0;
