/** Where the lesson is: read from the tracks, and kept while none of them can say. */
import { lessonMs, type Member } from './member.ts';
import { reference } from './steer.ts';

/** Time that goes on by itself does not go on through a long sleep. */
const SLEEP_MS = 1000;

export class LessonTime {
	readonly lengthMs: number;
	#positionMs = 0;
	#readAtMs = 0;

	constructor(lengthMs: number, startMs: number) {
		this.lengthMs = lengthMs;
		this.set(startMs);
	}

	get positionMs(): number {
		return this.#positionMs;
	}

	clamp(ms: number): number {
		return Math.max(0, Math.min(ms, this.lengthMs));
	}

	set(toMs: number): void {
		this.#positionMs = this.clamp(toMs);
	}

	/** Play begins: from here on time passes. */
	start(nowMs: number): void {
		this.#readAtMs = nowMs;
	}

	/** Reads it from what moves. Where no track has anything to show, the lesson goes on by itself. */
	read(all: Member[], rate: number, nowMs: number): number {
		const lead = reference(all, this.#positionMs);
		const isShown = all.some((m) => m.standing === 'in' && m.parkedMs === null);
		const sinceMs = isShown ? Math.min(SLEEP_MS, nowMs - this.#readAtMs) : 0;
		this.#readAtMs = nowMs;
		this.set(lead ? lessonMs(lead) : this.#positionMs + sinceMs * rate);
		return this.#positionMs;
	}
}
