/**
 * Carries what was watched to the server. What could not be sent stays on the phone and goes with
 * the next message: ranges are united, so nothing is counted twice and nothing is lost.
 */
import { type Range, union } from '#lib/domain/ranges.ts';

/** Malformed, not (or no longer) hers to watch, too large. Not 401: signing in again mends that. */
const REFUSED = [400, 404, 413];

type Waiting = {
	ranges: Range[];
	positionMs: number;
	positionAt: string;
	version?: number;
	/** Steps done in practice. */
	practised?: string[];
};
export type Saved = { watchedMs: number; isWatched: boolean; isCompleted: boolean };

export class WatchedOutbox {
	/** Of this lesson, whichever version it was. */
	readonly #prefix: string;
	readonly #key: string;
	readonly #address: string;
	readonly #version: number | undefined;
	#positionMs: number;

	/**
	 * @param version what is watched now: what was watched of another is not united with it
	 * @param positionMs where the lesson stands as it is opened
	 */
	constructor(personId: string, lessonId: string, version?: number, positionMs = 0) {
		this.#positionMs = positionMs;
		this.#prefix = `watched:${personId}:${lessonId}`;
		this.#key = version === undefined ? this.#prefix : `${this.#prefix}:${version}`;
		this.#version = version;
		this.#address = `/learn/lessons/${lessonId}/watched`;
	}

	/** What this phone still holds of an earlier time, for resuming where it stopped. */
	get waiting(): Waiting | undefined {
		return this.#kept(this.#key);
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
			positionAt: new Date().toISOString(),
			version: this.#version,
			practised: before?.practised ?? []
		};
		this.#positionMs = event.positionMs;
		this.#keep(all);
		return this.#post(this.#key, all);
	}

	/**
	 * A step was done in practice; sent as what is watched is, and as safely.
	 * @returns as `send`
	 */
	async practised(stepId: string): Promise<Saved | undefined> {
		const before = this.waiting;
		const all: Waiting = {
			ranges: before?.ranges ?? [],
			positionMs: before?.positionMs ?? this.#positionMs,
			positionAt: new Date().toISOString(),
			version: this.#version,
			practised: [...new Set([...(before?.practised ?? []), stepId])]
		};
		this.#keep(all);
		return this.#post(this.#key, all);
	}

	/** Sends what waits, if anything does; what was watched of earlier versions first. */
	async flush(): Promise<Saved | undefined> {
		for (const key of this.#earlierKeys()) {
			const earlier = this.#kept(key);
			if (earlier) await this.#post(key, earlier);
		}
		const all = this.waiting;
		return all && this.#post(this.#key, all);
	}

	async #post(key: string, all: Waiting): Promise<Saved | undefined> {
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
			if (isOver && this.#kept(key)?.positionAt === all.positionAt) localStorage.removeItem(key);
			return response.ok ? ((await response.json()) as Saved) : undefined;
		} catch {
			return undefined;
		}
	}

	#earlierKeys(): string[] {
		try {
			return Object.keys(localStorage).filter(
				(key) => key !== this.#key && (key === this.#prefix || key.startsWith(`${this.#prefix}:`))
			);
		} catch {
			return [];
		}
	}

	#kept(key: string): Waiting | undefined {
		try {
			return (JSON.parse(localStorage.getItem(key) ?? 'null') as Waiting | null) ?? undefined;
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
