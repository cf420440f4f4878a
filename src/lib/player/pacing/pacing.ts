/** How a lesson goes on: turn by turn, round a loop, with a stop at the end of each step. */
import type { SyncClock } from '../clock/sync-clock.ts';
import type { PictureId, Span, Turn } from '../model.ts';

/** Whose turn it is, which one of how many (from 0). */
export type TurnState = { who: PictureId; index: number; count: number };

export class Pacing {
	turn: TurnState | null = null;
	loop: Span | null = null;
	/** It paused by itself at the end of a step. */
	isAtStop = false;
	readonly #clock: SyncClock;

	constructor(clock: SyncClock) {
		this.#clock = clock;
	}

	setTurns(turns: Turn[] | null): void {
		void turns;
	}

	setLoop(loop: Span | null): void {
		this.loop = loop;
	}

	setStops(endsMs: number[] | null): void {
		void endsMs;
	}

	play(): void {
		this.#clock.play();
	}

	pause(): void {
		this.#clock.pause();
	}

	seek(toMs: number): void {
		this.#clock.seek(toMs);
	}

	step(frames: number): void {
		this.#clock.step(frames);
	}
}
