/** A minimal load generator: clients that each keep one connection and send one after the other. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export type Call = {
	method: 'GET' | 'POST';
	/** With the origin. */
	url: string;
	headers: Record<string, string>;
	body?: string;
	/** What the answer must be: a benchmark of refusals would be fast and worth nothing. */
	expected: number;
};
export type Answer = { bytes: number; headers: IncomingHttpHeaders };

/** Sends one request and reads its answer to the end. */
export function send(agent: Agent, call: Call): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const { method, body } = call;
		const headers = body
			? { ...call.headers, 'content-length': Buffer.byteLength(body) }
			: call.headers;
		const sent = request(call.url, { method, headers, agent }, (answer) => {
			let bytes = 0;
			answer.on('data', (piece: Buffer) => (bytes += piece.length));
			answer.once('error', reject);
			answer.once('end', () => {
				if (answer.statusCode === call.expected) resolve({ bytes, headers: answer.headers });
				else reject(new Error(`${method} ${call.url} answered ${answer.statusCode}`));
			});
		});
		sent.once('error', reject);
		sent.end(body);
	});
}

export type Load = { seconds: number; bytes: number };

/** Every client sends its calls over its own connection; all at once. */
export async function load(clients: readonly (readonly Call[])[]): Promise<Load> {
	const startedAt = performance.now();
	const received = await Promise.all(
		clients.map(async (calls) => {
			const agent = new Agent({ keepAlive: true, maxSockets: 1 });
			let bytes = 0;
			try {
				for (const call of calls) bytes += (await send(agent, call)).bytes;
			} finally {
				agent.destroy();
			}
			return bytes;
		})
	);
	return {
		seconds: (performance.now() - startedAt) / 1000,
		bytes: received.reduce((sum, bytes) => sum + bytes, 0)
	};
}
