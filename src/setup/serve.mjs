/** Runs the built server until Ctrl-C, with the settings that adapter-node leaves open. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root, whenToStop } from './run.mjs';
import { Stop } from './say.mjs';

// One request of an upload carries at most this much; tus sends the next piece in the next one.
const bodySizeLimit = '64M';
// Measured: without a cap a hello world grew to 411 MB. Media are streamed, so this is ample.
const heapMegabytes = 512;
const shutdownSeconds = 5;
const readyWithinMs = 60_000;

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
async function isFree(host, port) {
	const probe = createServer();
	try {
		probe.listen(port, host);
		await once(probe, 'listening');
		return true;
	} catch {
		return false;
	} finally {
		probe.close();
	}
}

/**
 * @param {string} host
 * @param {number} wanted
 * @returns {Promise<number>} the wanted port, or the next free one
 */
export async function freePort(host, wanted) {
	for (let port = wanted; port < wanted + 50; port++) {
		if (await isFree(host, port)) return port;
	}
	throw new Stop(
		{
			zh: `端口 ${wanted}–${wanted + 49} 都在用。`,
			en: `Ports ${wanted}–${wanted + 49} are all taken.`
		},
		{
			zh: '请用环境变量 PORT 换一个端口。',
			en: 'Choose another with the environment variable PORT.'
		}
	);
}

/**
 * Starts the server, calls `onReady` once it answers, and resolves when it has ended.
 * @param {import('./prepare.mjs').Prepared} prepared
 * @param {{ host: string, port: number, origin: string }} address
 * @param {() => void} onReady
 * @returns {Promise<number>} exit code; 0 after Ctrl-C
 */
export async function serve({ node, environment }, { host, port, origin }, onReady) {
	const child = spawn(node, [`--max-old-space-size=${heapMegabytes}`, join(root, 'src/serve.ts')], {
		cwd: root,
		env: {
			BODY_SIZE_LIMIT: bodySizeLimit,
			SHUTDOWN_TIMEOUT: String(shutdownSeconds),
			...environment,
			NODE_ENV: 'production',
			HOST: host,
			PORT: String(port),
			ORIGIN: origin
		},
		stdio: ['ignore', 'inherit', 'inherit']
	});
	const ended = once(child, 'exit');
	let isStopping = false;
	const stop = () => {
		if (isStopping) return;
		isStopping = true;
		child.kill('SIGTERM');
		// Its own limit is shorter; this is for a server that hangs.
		setTimeout(() => child.kill('SIGKILL'), (shutdownSeconds + 3) * 1000).unref();
	};
	whenToStop(stop);
	const isReady = await answers(
		host,
		port,
		() => child.exitCode === null && child.signalCode === null
	);
	if (!isReady && !isStopping) {
		stop();
		await ended;
		throw new Stop({ zh: '网站没有启动。', en: 'The server did not start.' });
	}
	if (isReady && !isStopping) onReady();
	const [code] = await ended;
	return isStopping ? 0 : (code ?? 1);
}

/**
 * @param {string} host
 * @param {number} port
 * @param {() => boolean} isRunning whether there is still a server to wait for
 * @returns {Promise<boolean>} true as soon as anything is answered, false when nothing ever was
 */
async function answers(host, port, isRunning) {
	const until = Date.now() + readyWithinMs;
	const asked = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
	while (isRunning() && Date.now() < until) {
		const isUp = await new Promise((resolve) => {
			const request = get({ host: asked, port, path: '/health', timeout: 5000 }, (response) => {
				response.resume();
				resolve(true);
			});
			request.on('timeout', () => request.destroy());
			request.on('error', () => resolve(false));
		});
		if (isUp) return true;
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
	return false;
}
