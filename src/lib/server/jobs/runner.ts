/**
 * Runs jobs one after the other (video work fills both cores of a small machine by itself).
 * Knows no capability: it is given the handlers.
 */
import type { Database } from '../database/database.ts';
import {
	claim,
	fail,
	finish,
	isSomebodyWaiting,
	type Job,
	LEASE_MS,
	MAX_ATTEMPTS,
	release,
	renew
} from './jobs.ts';

export type Handler = (payload: unknown, signal: AbortSignal) => Promise<void>;
/** `givenUp` is told when a job has failed for the last time, and why; it must bear being told again. */
export type Handlers = Record<
	string,
	{ run: Handler; givenUp?: (payload: unknown, error: unknown) => Promise<void> }
>;

export type Runner = { wake(): void; stop(): Promise<void> };

const POLL_MS = 1000;

/**
 * Starts taking jobs, looking every `pollMs` when there are none; `wake` makes it look at once,
 * `stop` waits for the one at work to let go.
 */
export function startRunner(db: Database, handlers: Handlers, pollMs = POLL_MS): Runner {
	const stopping = new AbortController();
	let wakeUp = () => {};

	const pause = () =>
		new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, pollMs);
			wakeUp = () => {
				clearTimeout(timer);
				resolve();
			};
		});

	let isTold = false;
	const loop = async () => {
		while (!stopping.signal.aborted) {
			const job = await claim(db).then(
				(found) => {
					isTold = false;
					return found;
				},
				(error: unknown) => {
					// Once, not every second: a full disk would be filled with it.
					if (!isTold) console.error('jobs: could not look for work', error);
					isTold = true;
					return undefined;
				}
			);
			if (!job) await pause();
			else
				await work(db, handlers, job, stopping.signal).catch((error: unknown) => {
					// Its lease will run out, and it comes again; the others need not wait for that.
					console.error(`jobs: what became of ${job.kind} ${job.id} could not be kept`, error);
				});
		}
	};

	const done = loop();
	return {
		wake: () => wakeUp(),
		stop: async () => {
			stopping.abort(new Error('the runner is stopping'));
			wakeUp();
			await done;
		}
	};
}

async function work(db: Database, handlers: Handlers, job: Job, stopping: AbortSignal) {
	const lost = new AbortController();
	const keep = setInterval(() => {
		renew(db, job)
			.then((isOurs) => isOurs || lost.abort(new Error('the lease was lost')))
			.catch(() => undefined); // a missed renewal is what the lease's length is for
	}, LEASE_MS / 3);
	const makeWay = new AbortController();
	const look = job.isBackground ? setInterval(() => void giveWay(db, makeWay), POLL_MS) : undefined;
	const handler = handlers[job.kind];
	try {
		if (!handler) throw new Error(`no handler for ${job.kind}`);
		// It took its process down five times; a sixth would change nothing.
		if (job.attempts > MAX_ATTEMPTS) throw new Error('given up after too many attempts');
		await handler.run(job.payload, AbortSignal.any([stopping, lost.signal, makeWay.signal]));
		await finish(db, job);
	} catch (error) {
		if (stopping.aborted || makeWay.signal.aborted) return await release(db, job);
		console.error(`jobs: ${job.kind} ${job.id} failed`, error);
		// Told before it is marked: killed in between, we tell it twice rather than never.
		if (job.attempts >= MAX_ATTEMPTS && (await renew(db, job)))
			await handler?.givenUp?.(job.payload, error);
		await fail(db, job, error);
	} finally {
		clearInterval(keep);
		clearInterval(look);
	}
}

/** Hours of background work must not keep somebody waiting: it is given back, and begins again. */
async function giveWay(db: Database, makeWay: AbortController): Promise<void> {
	const isWanted = await isSomebodyWaiting(db).catch(() => false);
	if (isWanted) makeWay.abort(new Error('somebody waits for other work'));
}
