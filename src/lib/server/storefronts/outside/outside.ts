/**
 * The one way in which this server asks others something. Who names the address may not be who runs
 * this server: names are looked up here, what points inward is refused, the connection goes to the
 * address that was looked at (a second look-up could answer otherwise), and so again after each
 * redirect. Time and bytes are bounded as a whole.
 */
import { lookup } from 'node:dns/promises';
import { type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isLoopback, pointsInward } from './addresses.ts';
import { failureOf, refusalOf } from './failing.ts';
import { OutsideFailure } from './failure.ts';

export const MAX_REDIRECTS = 3;
export const TIMEOUT_MS = 10_000;
export const MAX_BYTES = 5 * 1024 * 1024;

export type Question = {
	address: string;
	/** Media types that will do, without parameters. */
	accept: readonly string[];
	/** Sent as JSON by POST; else it is a GET. */
	body?: string;
	/** Headers for this very origin: a redirect elsewhere does not get them. */
	secrets?: Record<string, string>;
	/** Of whoever asks: when it is aborted, its reason is thrown. */
	signal?: AbortSignal;
};
export type Answer = {
	/** Where it came from in the end. */
	address: string;
	type: string;
	headers: IncomingHttpHeaders;
	bytes: Buffer;
};
/** @throws OutsideFailure when nothing usable came back */
export type Outside = (question: Question) => Promise<Answer>;

type Found = { address: string; family: number };
type Options = {
	/** For tests alone, whose shops stand on this machine. */
	mayLoopback: boolean;
	/** In place of the system's own look-up. */
	resolve?: (name: string) => Promise<Found[]>;
	timeoutMs?: number;
	maxBytes?: number;
};

export const outside =
	(options: Options): Outside =>
	async (question) => {
		const clock = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
		const signal = question.signal ? AbortSignal.any([clock, question.signal]) : clock;
		try {
			return await follow(question, options, signal);
		} catch (error) {
			question.signal?.throwIfAborted();
			throw failureOf(error, clock);
		}
	};

async function follow(question: Question, options: Options, signal: AbortSignal): Promise<Answer> {
	let url = webAddress(question.address);
	const { origin } = url;
	for (let redirects = 0; ; redirects++) {
		const secrets = url.origin === origin ? question.secrets : undefined;
		const response = await ask(url, { ...question, secrets }, options, signal);
		try {
			const next = redirectOf(response, question);
			if (next === undefined) return await read(response, url, question, options);
			if (redirects === MAX_REDIRECTS) throw new OutsideFailure('redirects');
			url = webAddress(next, url);
		} finally {
			response.destroy();
		}
	}
}

function webAddress(text: string, base?: URL): URL {
	const url = URL.parse(text, base);
	const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
	if (!url || !isWeb || url.username !== '' || url.password !== '')
		throw new OutsideFailure('address');
	return url;
}

/** Where it is sent on to. A question with a body is not asked elsewhere unless it is to stay one. */
function redirectOf({ statusCode = 0, headers }: IncomingMessage, { body }: Question) {
	const keepsMethod = statusCode === 307 || statusCode === 308;
	if (!keepsMethod && ![301, 302, 303].includes(statusCode)) return undefined;
	if (headers.location === undefined || (body !== undefined && !keepsMethod))
		throw new OutsideFailure('redirects');
	return headers.location;
}

/** The address to connect to, looked at before anything is sent there. */
async function reachable(url: URL, { mayLoopback, resolve }: Options): Promise<Found> {
	const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
	const family = isIP(name);
	const found = family ? [{ address: name, family }] : await (resolve ?? lookUp)(name);
	const [first] = found;
	if (!first) throw new OutsideFailure('name');
	// One bad address among several is enough: it is not chance who gets which.
	const isShut = ({ address }: Found) =>
		pointsInward(address) && !(mayLoopback && isLoopback(address));
	if (found.some(isShut)) throw new OutsideFailure('inward');
	return first;
}

const lookUp = (name: string): Promise<Found[]> =>
	lookup(name, { all: true }).catch((error: unknown) => {
		throw new OutsideFailure('name', error);
	});

async function ask(
	url: URL,
	{ accept, body, secrets }: Question,
	options: Options,
	signal: AbortSignal
): Promise<IncomingMessage> {
	const to = await unless(signal, reachable(url, options));
	const pinned: LookupFunction = (_name, { all }, done) =>
		all ? done(null, [to]) : done(null, to.address, to.family);
	const over = url.protocol === 'https:' ? overHttps : overHttp;
	return await new Promise<IncomingMessage>((resolve, reject) => {
		const asked = over(url, {
			method: body === undefined ? 'GET' : 'POST',
			headers: {
				accept: accept.join(', '),
				// Unpacked it could be any size.
				'accept-encoding': 'identity',
				'user-agent': 'YunWusheng/1 (products of shops)',
				...(body !== undefined && { 'content-type': 'application/json' }),
				...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
				...secrets
			},
			// A connection of its own: none that somebody else's look-up has opened.
			agent: false,
			lookup: pinned,
			signal
		});
		asked.once('response', resolve).on('error', reject);
		// Who answers with another protocol (101) is hung up on, and nothing else is said of it.
		asked.once('close', () => reject(new OutsideFailure('no_answer')));
		asked.end(body);
	});
}

/** What cannot be stopped is no longer waited for. */
const unless = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
	new Promise((resolve, reject) => {
		const stop = () => reject(signal.reason as Error);
		if (signal.aborted) stop();
		signal.addEventListener('abort', stop, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});

async function read(
	response: IncomingMessage,
	url: URL,
	{ accept }: Question,
	{ maxBytes = MAX_BYTES }: Options
): Promise<Answer> {
	const { statusCode = 0, headers } = response;
	const refusal = refusalOf(statusCode);
	if (refusal) throw new OutsideFailure(refusal);
	const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
	const isPlain = ['identity', ''].includes(headers['content-encoding'] ?? '');
	if (!accept.includes(type) || !isPlain) throw new OutsideFailure('type');
	if (Number(headers['content-length'] ?? 0) > maxBytes) throw new OutsideFailure('large');
	const pieces: Buffer[] = [];
	let size = 0;
	for await (const piece of response as AsyncIterable<Buffer>) {
		size += piece.length;
		if (size > maxBytes) throw new OutsideFailure('large');
		pieces.push(piece);
	}
	return { address: url.href, type, headers, bytes: Buffer.concat(pieces) };
}
