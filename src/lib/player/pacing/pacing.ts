/**
 * How a lesson goes on: turn by turn, round a loop, with a stop at the end of each step. It stands
 * above the clock, and tells it at each border where to go on and who stands by.
 */
import { FRAME_MS, frameAt, lastMiddleBefore, middleOf } from '../clock/frames.ts';
import type { Parked } from '../clock/state.ts';
import type { SyncClock } from '../clock/sync-clock.ts';
import type { PictureId, Span, Turn } from '../model.ts';
import { handsOf, overlap, signOf, turnAt } from './turn.ts';

/** Whose turn it is, which one of how many (from 0). */
export type TurnState = { who: PictureId; index: number; count: number };

/** A loop shorter than this could not be seen. */
const SHORTEST_LOOP_MS = 500;

export class Pacing {
	turn: TurnState | null = null;
	loop: Span | null = null;
	/** It paused by itself at the end of a step. */
	isAtStop = false;
	readonly #clock: SyncClock;
	readonly #durationMs: number;
	#turns: Turn[] = [];
	#stops: number[] = [];
	#isPair = false;

	constructor(clock: SyncClock, durationMs: number) {
		this.#clock = clock;
		this.#durationMs = durationMs;
	}

	/** Two pictures are shown; with one there is nobody to take turns with. */
	setPair(isPair: boolean): void {
		if (isPair === this.#isPair) return;
		this.#isPair = isPair;
		if (this.#turns.length > 0) this.#enter(this.#clock.positionMs, 'passTo');
	}

	/** Goes on at once: with the sign part of this place, or together from here. */
	setTurns(turns: Turn[] | null): void {
		if (!turns?.length && this.#turns.length === 0) return;
		this.#turns = turns ?? [];
		this.#enter(this.#clock.positionMs, 'passTo');
	}

	/** Outside it, play begins at its start. It may be left by a seek, and holds when come to again. */
	setLoop(loop: Span | null): void {
		this.loop = loop && this.#tidy(loop);
		const atMs = this.#clock.positionMs;
		const isOutside = this.loop && !this.#within(atMs);
		if (this.loop && isOutside) this.#enter(this.loop.startMs, 'passTo');
		else this.#watchFrom(atMs);
	}

	/** Where to pause, each time play passes it. */
	setStops(endsMs: number[] | null): void {
		this.#stops = [...(endsMs ?? [])].sort((a, b) => a - b);
		this.#watchFrom(this.#clock.positionMs);
	}

	play(): void {
		if (this.#clock.state.phase === 'ended') return this.seek(this.loop?.startMs ?? 0);
		const atMs = this.#clock.positionMs;
		this.isAtStop = false;
		if (atMs >= lastMiddleBefore(this.#partEndMs(atMs)) - 1) this.#next(atMs);
		else this.#watchFrom(atMs);
		this.#clock.play();
	}

	pause(): void {
		this.#clock.pause();
	}

	/** In turn-taking a seek leads to the sign part of the turn. */
	seek(toMs: number): void {
		this.#enter(toMs, 'seek');
	}

	/** By single frames; who stands by goes on standing until the part is left. */
	step(frames: number): void {
		const toMs = middleOf(Math.max(0, frameAt(this.#clock.positionMs) + frames));
		this.isAtStop = false;
		const part = this.turn && this.#spanOf(this.turn.who, this.turn.index, toMs);
		if (part && !(toMs > part.startMs && toMs < part.endMs)) {
			this.#clock.pauseAt(this.#clock.positionMs);
			this.#enter(toMs, 'seek');
		} else {
			this.#clock.step(frames);
			this.#watchFrom(toMs);
		}
	}

	#tidy({ startMs, endMs }: Span): Span {
		const fromMs = Math.max(0, Math.min(startMs, endMs, this.#durationMs - SHORTEST_LOOP_MS));
		const toMs = Math.min(this.#durationMs, Math.max(startMs, endMs));
		return { startMs: fromMs, endMs: Math.max(toMs, fromMs + SHORTEST_LOOP_MS) };
	}

	/** The loop, when a place lies in it. */
	#within(atMs: number): Span | null {
		const { loop } = this;
		return loop && atMs >= loop.startMs - FRAME_MS && atMs < loop.endMs - FRAME_MS / 4
			? loop
			: null;
	}

	/** What one of the two plays in a turn: within the loop, and what there is of the signer. */
	#spanOf(who: PictureId, index: number, atMs: number): Span | null {
		const turn = this.#turns[index];
		const whole = turn && (who === 'sign' ? signOf(turn) : handsOf(turn));
		const span = whole ? overlap(whole, this.#within(atMs)) : null;
		return span && who === 'sign' ? this.#clock.coveredOf('sign', span) : span;
	}

	/** Begins with what belongs to a place; `rounds`: how often the loop was searched for it. */
	#enter(atMs: number, how: 'seek' | 'passTo', rounds = 0): void {
		if (!this.#isPair || this.#turns.length === 0) return this.#go(how, null, atMs);
		const index = turnAt(this.#turns, atMs);
		for (const who of ['sign', 'demonstration'] as const) {
			const span = this.#spanOf(who, index, atMs);
			if (span && atMs < span.endMs - FRAME_MS)
				return this.#go(how, { who, index }, Math.max(atMs, span.startMs));
		}
		// What the marks leave out is played by both.
		if (rounds > 1) this.#go(how, null, atMs);
		else this.#pass(how, index, atMs, rounds);
	}

	/** Where the turn after this one begins, or the loop anew; null: there is none. */
	#afterTurn(index: number, atMs: number): number | null {
		const within = this.#within(atMs);
		const next = this.#turns[index + 1];
		if (within && (!next || next.startMs >= within.endMs - FRAME_MS)) return within.startMs;
		return next?.startMs ?? null;
	}

	#pass(how: 'seek' | 'passTo', index: number, atMs: number, rounds = 0): void {
		const nextMs = this.#afterTurn(index, atMs);
		if (nextMs === null) this.#go(how, null, this.#durationMs);
		else this.#enter(nextMs, how, nextMs <= atMs ? rounds + 1 : rounds);
	}

	/** What follows when a part is over. */
	#next(atMs: number): void {
		const { turn, loop } = this;
		if (!turn) return loop ? this.#enter(loop.startMs, 'seek') : undefined;
		const hands = turn.who === 'sign' ? this.#spanOf('demonstration', turn.index, atMs) : null;
		if (hands) this.#go('passTo', { who: 'demonstration', index: turn.index }, hands.startMs);
		else this.#pass('passTo', turn.index, atMs);
	}

	/** Where the other stands: where it will have to go on. */
	#parkedFor(who: PictureId, index: number, atMs: number): Parked {
		if (who === 'sign') {
			const placeMs = this.#spanOf('demonstration', index, atMs)?.startMs ?? atMs;
			return { demonstration: placeMs, sound: placeMs };
		}
		const nextMs = this.#afterTurn(index, atMs);
		const next = nextMs === null ? null : this.#spanOf('sign', turnAt(this.#turns, nextMs), nextMs);
		return { sign: next?.startMs ?? this.#spanOf('sign', index, atMs)?.endMs ?? atMs };
	}

	#go(how: 'seek' | 'passTo', turn: Pick<TurnState, 'who' | 'index'> | null, atMs: number): void {
		this.isAtStop = false;
		this.turn = turn && { ...turn, count: this.#turns.length };
		this.#watchFrom(atMs);
		this.#clock[how](atMs, turn ? this.#parkedFor(turn.who, turn.index, atMs) : {});
	}

	/** Where what plays now comes to its end; Infinity: with the lesson. */
	#partEndMs(atMs: number): number {
		const { turn, loop } = this;
		if (!turn) return loop && atMs < loop.endMs - FRAME_MS ? loop.endMs : Infinity;
		const endMs = this.#spanOf(turn.who, turn.index, atMs)?.endMs ?? Infinity;
		const isLast = turn.who !== 'sign' && turn.index === turn.count - 1 && !this.#within(atMs);
		return isLast && endMs > this.#durationMs - FRAME_MS ? Infinity : endMs;
	}

	/** Tells the clock which border comes next after a place. */
	#watchFrom(atMs: number): void {
		const endMs = this.#partEndMs(atMs);
		const stopMs =
			this.turn?.who === 'sign'
				? Infinity
				: (this.#stops.find((ms) => lastMiddleBefore(ms) > atMs + 1) ?? Infinity);
		const isLoopFirst = !!this.loop && Math.abs(stopMs - this.loop.endMs) < FRAME_MS;
		if (stopMs <= endMs + 1 && !isLoopFirst && stopMs < Infinity)
			this.#clock.setBorder(stopMs, () => this.#stopAt(stopMs));
		else this.#clock.setBorder(endMs, () => this.#next(lastMiddleBefore(endMs)));
	}

	#stopAt(stopMs: number): void {
		this.isAtStop = true;
		this.#clock.pauseAt(lastMiddleBefore(stopMs));
	}
}
