/**
 * The built server in a process of its own, with an empty installation in a folder of its own, as
 * an operator would run it: so that it can be killed and started again.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const READY_WITHIN_MS = 30_000;

export type Server = {
	readonly origin: string;
	readonly dataFolder: string;
	/** The link with which the first member of staff begins, as `npm run invite` prints it. */
	invite(name: string, role?: 'staff' | 'instructor' | 'reviewer'): Promise<string>;
	/** As a power cut would, and no gentler. */
	kill(): Promise<void>;
	/** Starts again on the same data and port. */
	start(): Promise<void>;
	/** Ends it and removes its data. */
	remove(): Promise<void>;
};

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const address = probe.address();
	probe.close();
	await once(probe, 'close');
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}

/**
 * @param environment settings beside the usual ones
 * @param furnish puts an installation into the empty folder before the server starts
 */
export async function startServer(
	environment: NodeJS.ProcessEnv = {},
	furnish?: (dataFolder: string) => Promise<void>
): Promise<Server> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'yun-wusheng-'));
	await furnish?.(dataFolder);
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const env = {
		...process.env,
		NODE_ENV: 'production',
		HOST: '127.0.0.1',
		PORT: String(port),
		ORIGIN: origin,
		BODY_SIZE_LIMIT: '64M',
		DATA_FOLDER: dataFolder,
		...environment
	};
	let child: ChildProcess | undefined;

	const server: Server = {
		origin,
		dataFolder,
		async invite(name, role = 'staff') {
			const { stdout } = await run(process.execPath, ['src/setup/invite.ts', name, role], { env });
			return stdout.trim().split('\n').at(-1) ?? '';
		},
		async start() {
			child = spawn(process.execPath, ['src/serve.ts'], { env, stdio: 'inherit' });
			const until = Date.now() + READY_WITHIN_MS;
			while (Date.now() < until) {
				if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
				const answer = await fetch(`${origin}/health`).catch(() => undefined);
				if (answer?.ok) return;
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
			throw new Error('the server did not start');
		},
		async kill() {
			if (!child || child.exitCode !== null || child.signalCode !== null) return;
			const ended = once(child, 'exit');
			child.kill('SIGKILL');
			await ended;
		},
		async remove() {
			await server.kill();
			await rm(dataFolder, { recursive: true, force: true });
		}
	};
	await server.start();
	return server;
}
