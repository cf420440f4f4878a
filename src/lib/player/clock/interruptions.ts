/** What browsers do behind the clock's back: pause one or all, or let them run apart. */
import { farMs } from './gather.ts';
import * as members from './member.ts';
import type { Member } from './member.ts';

/** What goes wrong this soon after a start belongs to the start. */
const STARTING_MS = 600;
/** A browser that keeps pausing what was just started does not want it to play. */
const REFUSALS = 4;

/**
 * `scattered`: to be brought together again. `refused`: the browser does not let this play.
 * `one only`: it lets one picture play, and pauses the others as soon as it does.
 */
export type Verdict = 'fine' | 'scattered' | 'refused' | 'one only';

export class Interruptions {
	#startedAtMs = -Infinity;
	#count = 0;

	started(nowMs: number): void {
		this.#startedAtMs = nowMs;
	}

	/** Judges those that should be moving. */
	judge(moving: Member[], rate: number, nowMs: number): Verdict {
		const isStarting = nowMs - this.#startedAtMs < STARTING_MS;
		if (!isStarting) this.#count = 0;
		const pictures = moving.filter((m) => m.kind === 'picture');
		const paused = moving.filter((m) => m.player.isPaused && !m.player.hasEnded);
		if (paused.length > 0 && isStarting && ++this.#count >= REFUSALS) {
			this.#count = 0;
			return pictures.some((m) => !m.player.isPaused) ? 'one only' : 'refused';
		}
		const places = pictures.map(members.lessonMs);
		const isFar = Math.max(...places) - Math.min(...places) > farMs(rate);
		return paused.length > 0 || isFar ? 'scattered' : 'fine';
	}
}
