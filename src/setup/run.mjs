/** Other programs: finding them, running them with a log, and asking them something. */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, appendFileSync, constants, mkdirSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
export const logFile = join(root, 'data/setup.log');
export const binFolder = join(root, 'node_modules/.bin');

/** The environment in which everything runs once the packages are there: our own Node first. */
export function ourEnvironment() {
	return { ...process.env, PATH: [binFolder, pathWithoutOurs()].join(delimiter) };
}

/** The PATH of the machine itself: npm must not run on a Node that it is about to replace. */
export function pathWithoutOurs() {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return folders.filter((folder) => folder !== binFolder).join(delimiter);
}

/**
 * @param {string} name of a program
 * @param {string} [path]
 * @returns {string | undefined} where it is
 */
export function findProgram(name, path = process.env.PATH ?? '') {
	if (name.includes('/')) return isExecutable(name) ? name : undefined;
	for (const folder of path.split(delimiter)) {
		const file = join(folder, name);
		if (folder && isExecutable(file)) return file;
	}
	return undefined;
}

/** @param {string} file */
function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}

/**
 * Asks a program something short.
 * @param {string} program
 * @param {string[]} args
 * @returns {string | undefined} what it printed, or nothing when it failed
 */
export function ask(program, args) {
	const answer = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000, input: '' });
	return answer.status === 0 ? answer.stdout : undefined;
}

/**
 * Runs a long command: all it prints goes to data/setup.log, and the terminal hears every 15 s that
 * it still works.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<{ code: number, lastLines: string }>}
 */
export function runLogged(program, args, environment) {
	mkdirSync(dirname(logFile), { recursive: true });
	appendFileSync(logFile, `\n${new Date().toISOString()} ${program} ${args.join(' ')}\n`);
	const startedAt = Date.now();
	const heartbeat = setInterval(() => {
		const seconds = Math.round((Date.now() - startedAt) / 1000);
		console.log(`  … ${seconds} s`);
	}, 15_000);
	return new Promise((resolve) => {
		let tail = '';
		const child = spawn(program, args, {
			cwd: root,
			env: environment,
			stdio: ['ignore', 'pipe', 'pipe']
		});
		/** @param {Buffer | string} chunk */
		const keep = (chunk) => {
			appendFileSync(logFile, chunk);
			tail = (tail + chunk).slice(-4000);
		};
		const endWatch = endWith(child);
		/** @param {number} code */
		const finish = (code) => {
			clearInterval(heartbeat);
			endWatch();
			resolve({ code, lastLines: tail.trim().split('\n').slice(-12).join('\n') });
		};
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.on('error', (error) => {
			keep(String(error));
			finish(127);
		});
		child.on('close', (code) => finish(code ?? 1));
	});
}

/**
 * Calls `stop` when whoever started us asks for it or is gone. A signal sent to `npm` alone ends npm
 * and the shell it uses, but never reaches us: then only our changed parent shows it.
 * @param {(signal: NodeJS.Signals) => void} stop
 * @returns {() => void} ends the watch
 */
export function whenToStop(stop) {
	const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
	for (const signal of signals) process.on(signal, stop);
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.env.npm_lifecycle_event && process.ppid !== parent) stop('SIGTERM');
	}, 500);
	watch.unref();
	return () => {
		clearInterval(watch);
		for (const signal of signals) process.off(signal, stop);
	};
}

/**
 * Whoever ends us ends the child too, and nothing follows it: no npm may go on writing packages,
 * and no ffmpeg go on converting, unseen.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} ends the watch
 */
function endWith(child) {
	return whenToStop((signal) => {
		// 130: what a shell reports for Ctrl-C.
		child.once('close', () => process.exit(130));
		child.kill(signal);
		setTimeout(() => child.kill('SIGKILL'), 5000).unref();
	});
}

/**
 * Runs a command that speaks to the person itself.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<number>} its exit code
 */
export function runShown(program, args, environment) {
	return new Promise((resolve) => {
		const child = spawn(program, args, {
			cwd: root,
			env: environment,
			stdio: ['ignore', 'inherit', 'inherit']
		});
		const endWatch = endWith(child);
		/** @param {number} code */
		const finish = (code) => {
			endWatch();
			resolve(code);
		};
		child.on('error', (error) => {
			console.error(String(error));
			finish(127);
		});
		child.on('close', (code) => finish(code ?? 1));
	});
}
