/** Starts a baseline server in a process of its own, as ours is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Bare = { origin: string; end(): Promise<void> };

/** @param name a file in this folder; once it listens it prints its port, and nothing else */
export async function startBare(name: string, ...args: string[]): Promise<Bare> {
	const child = spawn(process.execPath, [join(import.meta.dirname, name), ...args], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_ENV: 'production' }
	});
	const ended = once(child, 'exit');
	const early = ended.then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`)));
	const [port] = (await Promise.race([
		once(createInterface(child.stdout), 'line'),
		early
	])) as string[];
	early.catch(() => undefined); // from here on, ending is what it is told to do
	return {
		origin: `http://127.0.0.1:${port}`,
		async end() {
			child.kill('SIGKILL');
			await ended;
		}
	};
}
