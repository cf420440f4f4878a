/** What is being repeated, as reactive state beside the playback that does it. */
import type { Span } from '../model.ts';
import { roundsOf } from './rounds.ts';

/** What repeating needs of the playback. */
export interface Repeater {
	readonly positionMs: number;
	seek(toMs: number): void;
	play(): void;
	/** The playback goes back to the start of the span whenever it comes to its end. */
	setLoop(span: Span | null): void;
}

export type LoopKind = 'cue' | 'step' | 'marks';

export class Loops {
	kind: LoopKind | null = $state(null);
	span: Span | null = $state.raw(null);
	/** A is set and waits for B. */
	markMs: number | null = $state(null);

	readonly #playback: Repeater;
	/** In practice mode: the step, repeated whenever nothing else is. */
	base: Span | null = $state.raw(null);
	#stopWatching = (): void => undefined;

	constructor(playback: Repeater) {
		this.#playback = playback;
	}

	/** Sets A. What was repeated ends, so that B can be reached. */
	mark(atMs: number): void {
		this.end();
		this.markMs = atMs;
	}

	/** From the beginning of `span`, `rounds` times and then on, or until ended. */
	repeat(kind: LoopKind, { startMs, endMs }: Span, rounds = Infinity): void {
		this.#set(kind, { startMs, endMs });
		this.#playback.seek(startMs);
		this.#playback.play();
		this.#watch({ startMs, endMs }, rounds);
	}

	/** Repeats this from now on whenever nothing else is asked for. */
	setBase(span: Span | null): void {
		this.base = span;
		this.end();
	}

	end(): void {
		this.#set(this.base ? 'step' : null, this.base);
	}

	#set(kind: LoopKind | null, span: Span | null): void {
		this.#stopWatching();
		this.kind = kind;
		this.span = span;
		this.markMs = null;
		this.#playback.setLoop(span);
	}

	/** Counts the rounds, and ends when they are over or somebody goes elsewhere. */
	#watch({ startMs, endMs }: Span, rounds: number): void {
		const isOver = roundsOf({ startMs, endMs }, rounds);
		const stop = $effect.root(() => {
			$effect(() => {
				if (isOver(this.#playback.positionMs)) this.end();
			});
		});
		this.#stopWatching = () => {
			this.#stopWatching = () => undefined;
			stop();
		};
	}
}
