/**
 * Several timers at once, kept in storage: they survive a reload, go on in the background, are right
 * after the phone slept, and are the same ones in every tab of the lesson.
 */
import { storedTimers, timersKey, type Timer } from './running.ts';

export type { Timer } from './running.ts';

const TICK_MS = 250;
/** How long a stopped timer can be taken back. */
const UNDO_MS = 10_000;

export class Timers {
	all: Timer[] = $state.raw([]);
	/** The wall clock as last looked at. */
	nowMs = $state(0);
	/** Stopped a moment ago; `undo` brings it back. */
	stopped: Timer | null = $state.raw(null);

	readonly #storageKey: string;
	readonly #now: () => number;
	#tick: ReturnType<typeof setInterval> | undefined;
	#stoppedAtMs = 0;
	/** Storage takes what it is given; else the timers last as long as the page. */
	#isKept = true;

	/**
	 * Takes up what is stored.
	 * @param now the wall clock in Unix ms
	 */
	constructor(storageKey: string, now: () => number = Date.now) {
		this.#storageKey = storageKey;
		this.#now = now;
		this.#read();
		window.addEventListener('storage', this.#stored);
		document.addEventListener('visibilitychange', this.#look);
	}

	/** Over and not yet seen. */
	get ended(): Timer[] {
		return this.all.filter((timer) => this.leftMs(timer) === 0);
	}

	/** Counting, standing timers left out. */
	get hasActive(): boolean {
		return this.all.some(({ endsAtMs }) => endsAtMs !== null);
	}

	/** What is left of a timer in ms, 0 when it is over. */
	leftMs({ endsAtMs, leftMs }: Timer): number {
		return endsAtMs === null ? leftMs : Math.max(0, endsAtMs - this.nowMs);
	}

	/** Starts a timer; one with this id that still counts is left alone. */
	start(label: string, totalMs: number, id: string = crypto.randomUUID()): void {
		this.#change((all) => {
			if (all.some((timer) => timer.id === id && this.leftMs(timer) > 0)) return all;
			const timer = { id, label, totalMs, endsAtMs: this.nowMs + totalMs, leftMs: totalMs };
			return [...all.filter((other) => other.id !== id), timer];
		});
	}

	pause(id: string): void {
		this.#replace(id, (timer) => ({ ...timer, leftMs: this.leftMs(timer), endsAtMs: null }));
	}

	resume(id: string): void {
		this.#replace(id, (timer) =>
			timer.endsAtMs === null ? { ...timer, endsAtMs: this.nowMs + timer.leftMs } : timer
		);
	}

	/** Gives more time; a timer that is over counts again from now. */
	add(id: string, byMs: number): void {
		this.#replace(id, (timer) => {
			const leftMs = this.leftMs(timer) + byMs;
			const totalMs = Math.max(timer.totalMs, leftMs);
			const endsAtMs = timer.endsAtMs === null ? null : this.nowMs + leftMs;
			return { ...timer, leftMs, totalMs, endsAtMs };
		});
	}

	stop(id: string): void {
		const timer = this.all.find((one) => one.id === id);
		if (!timer) return;
		this.#stoppedAtMs = this.#now();
		this.stopped = timer;
		this.#change((all) => all.filter((one) => one.id !== id));
	}

	/** Brings back what was stopped last, as if it had gone on. */
	undo(): void {
		const timer = this.stopped;
		this.stopped = null;
		if (timer) this.#change((all) => [...all.filter(({ id }) => id !== timer.id), timer]);
	}

	/** Everything that is over has been seen. */
	acknowledge(): void {
		this.#change((all) => all.filter((timer) => this.leftMs(timer) > 0));
	}

	close(): void {
		clearInterval(this.#tick);
		window.removeEventListener('storage', this.#stored);
		document.removeEventListener('visibilitychange', this.#look);
	}

	#replace(id: string, changed: (timer: Timer) => Timer): void {
		this.#change((all) => all.map((timer) => (timer.id === id ? changed(timer) : timer)));
	}

	/** Another tab may have written meanwhile: what is stored is changed, not what is remembered. */
	#change(change: (all: Timer[]) => Timer[]): void {
		this.#read();
		this.all = change(this.all);
		try {
			localStorage.setItem(timersKey(this.#storageKey), JSON.stringify(this.all));
			this.#isKept = true;
		} catch {
			this.#isKept = false;
		}
		this.#keepTicking();
	}

	#read(): void {
		this.nowMs = this.#now();
		if (this.#isKept) this.all = storedTimers(this.#storageKey, this.nowMs);
		this.#keepTicking();
	}

	#keepTicking(): void {
		const isNeeded = this.hasActive || this.stopped !== null;
		if (!isNeeded) {
			clearInterval(this.#tick);
			this.#tick = undefined;
		} else this.#tick ??= setInterval(this.#look, TICK_MS);
	}

	readonly #look = (): void => {
		this.nowMs = this.#now();
		if (this.stopped && this.nowMs - this.#stoppedAtMs > UNDO_MS) {
			this.stopped = null;
			this.#keepTicking();
		}
	};

	readonly #stored = ({ key }: StorageEvent): void => {
		if (key === null || key === timersKey(this.#storageKey)) this.#read();
	};
}
