/**
 * Carries what was watched to the server. What could not be sent stays on the phone and goes with
 * the next message: ranges are united, so nothing is counted twice and nothing is lost.
 */
import { type Range, union } from '#lib/domain/ranges.ts';

/** Malformed, not (or no longer) hers to watch, too large. Not 401: signing in again mends that. */
const REFUSED = [400, 404, 413];

type Waiting = { ranges: Range[]; positionMs: number; positionAt: string };
export type Saved = { watchedMs: number; isCompleted: boolean };

export class WatchedOutbox {
	readonly #key: string;
	readonly #address: string;

	constructor(personId: string, lessonId: string) {
		this.#key = `watched:${personId}:${lessonId}`;
		this.#address = `/learn/lessons/${lessonId}/watched`;
	}

	/** What this phone still holds of an earlier time, for resuming where it stopped. */
	get waiting(): Waiting | undefined {
		try {
			return JSON.parse(localStorage.getItem(this.#key) ?? 'null') ?? undefined;
		} catch {
			return undefined;
		}
	}

	/**
	 * Adds to what waits and sends all of it.
	 * @returns the server's answer, or undefined when it could not be reached: nothing is lost
	 */
	async send(event: { ranges: Range[]; positionMs: number }): Promise<Saved | undefined> {
		const before = this.waiting;
		const all: Waiting = {
			ranges: union(before?.ranges ?? [], event.ranges),
			positionMs: event.positionMs,
			positionAt: new Date().toISOString()
		};
		this.#keep(all);
		return this.#post(all);
	}

	/** Sends what waits, if anything does. */
	async flush(): Promise<Saved | undefined> {
		const all = this.waiting;
		return all && this.#post(all);
	}

	async #post(all: Waiting): Promise<Saved | undefined> {
		try {
			const response = await fetch(this.#address, {
				method: 'POST',
				body: JSON.stringify(all),
				headers: { 'content-type': 'application/json' },
				// A closing tab lets it go on.
				keepalive: true
			});
			// Refused for good, it would be refused again for ever.
			const isOver = response.ok || REFUSED.includes(response.status);
			// Only what has been sent is forgotten: more may have come meanwhile.
			if (isOver && this.waiting?.positionAt === all.positionAt) localStorage.removeItem(this.#key);
			return response.ok ? ((await response.json()) as Saved) : undefined;
		} catch {
			return undefined;
		}
	}

	#keep(all: Waiting): void {
		try {
			localStorage.setItem(this.#key, JSON.stringify(all));
		} catch {
			// A full or forbidden storage: the message itself still goes out.
		}
	}
}
