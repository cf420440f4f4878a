/**
 * One clock for several tracks. Two things happen here and nothing else:
 * *gathering* brings every track to one place, with the right picture on screen, while all stand
 * still; *running* (steer.ts) keeps them together while they move. Starting, seeking, stepping,
 * pausing and a stall are all a gathering, with or without play after it.
 */
import { FRAME_MS, frameAt, middleOf } from './frames.ts';
import { FAR_MS, missing, pausedAt, start, type Gathering } from './gather.ts';
import * as members from './member.ts';
import type { Member } from './member.ts';
import { jogStart, noJog, see } from './pictures.ts';
import { reference, steer, TICK_MS } from './steer.ts';
import type { Scheduler, TrackPlayer } from './track.ts';

export type Phase = 'paused' | 'playing' | 'seeking' | 'waiting' | 'ended';

export type ClockState = {
	phase: Phase;
	/** What the viewer asked for; true also while waiting. */
	isPlaying: boolean;
	positionMs: number;
	rate: number;
	/** Tracks the others are waiting for. */
	waitingFor: string[];
	lost: string[];
	/** How far each following picture is ahead on screen (by the clocks until enough was seen). */
	driftMs: Record<string, number>;
};

export type TrackPlan = {
	id: string;
	kind?: 'picture' | 'sound';
	player: TrackPlayer;
	/** Lesson time at which the track begins; negative when it began before. */
	offsetMs?: number;
};

/** Pictures already on their way to the screen when pausing arrive within this. */
const SETTLING_MS = 60;
/** What goes wrong this soon after a start belongs to the start. */
const STARTING_MS = 600;
/** A browser that keeps pausing what was just started does not want it to play. */
const REFUSALS = 4;

export class SyncClock {
	readonly #members: Member[] = [];
	readonly #scheduler: Scheduler;
	readonly #lengthMs: number;
	readonly #listeners = new Set<() => void>();
	#gathering: Gathering | null = null;
	#isWanted = false;
	#hasEnded = false;
	#rate = 1;
	#positionMs: number;
	#startedAtMs = 0;
	#refusals = 0;
	readonly #jog = noJog();
	#stopTicking: (() => void) | null = null;
	#waitingFor: Member[] = [];

	/** `durationMs` is the lesson's length; `startMs` where the viewer left off. */
	constructor(scheduler: Scheduler, durationMs: number, startMs = 0) {
		this.#scheduler = scheduler;
		this.#lengthMs = durationMs;
		this.#positionMs = this.#clamp(startMs);
	}

	/** The first track added leads. A track added later joins in without stopping the others. */
	add({ id, kind = 'picture', player, offsetMs = 0 }: TrackPlan): () => void {
		const m = members.member(id, kind, player, offsetMs);
		this.#members.push(m);
		player.setRate(this.#rate);
		m.rate = this.#rate;
		const stopListening = player.listen((event) => {
			if (event === 'lost') return this.#lose(m);
			if (event === 'frame') see(m);
			if (event !== 'frame' || this.#gathering) this.#tick();
		});
		if (this.#isWanted || this.#positionMs > 0) this.#enter(m);
		return () => {
			stopListening();
			player.pause();
			this.#members.splice(this.#members.indexOf(m), 1);
		};
	}

	get state(): ClockState {
		const g = this.#gathering;
		const moving: Phase = this.#isWanted ? 'playing' : 'paused';
		const gathering: Phase =
			g?.why === 'pause' ? 'paused' : g?.why === 'seek' ? 'seeking' : 'waiting';
		const pictures = this.#members.filter((m) => m.kind === 'picture').slice(1);
		return {
			phase: this.#hasEnded ? 'ended' : g ? gathering : moving,
			isPlaying: this.#isWanted,
			positionMs: this.positionMs,
			rate: this.#rate,
			waitingFor: this.#waitingFor.map(({ id }) => id),
			lost: this.#members.filter((m) => m.standing === 'lost').map(({ id }) => id),
			driftMs: Object.fromEntries(pictures.map((m) => [m.id, m.pictureDriftMs || m.driftMs]))
		};
	}

	/** Lesson time, live. */
	get positionMs(): number {
		const lead = this.#gathering ? undefined : reference(this.#members, this.#positionMs);
		if (lead && this.#isWanted) this.#positionMs = this.#clamp(members.lessonMs(lead));
		return this.#positionMs;
	}

	/** Whether pictures are moving now (not merely wanted). */
	get isRunning(): boolean {
		return this.#isWanted && !this.#gathering;
	}

	/** Called after every change of `state` but the position's. Answers a function that stops it. */
	listen(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	play(): void {
		if (this.#isWanted) return;
		this.#isWanted = true;
		const isFromStart = this.#hasEnded;
		this.#hasEnded = false;
		const seeking = this.#gathering?.why === 'seek' ? this.#gathering.targetMs : null;
		this.#gather(isFromStart ? 'seek' : 'start', isFromStart ? 0 : (seeking ?? this.#positionMs));
	}

	/** All stop, then all show the frame the leading picture stopped at. */
	pause(): void {
		if (!this.#isWanted) return;
		const seeking = this.#gathering?.why === 'seek' ? this.#gathering : null;
		void this.positionMs;
		this.#isWanted = false;
		if (seeking) this.#changed();
		else this.#gather('pause', null);
	}

	/** Goes to the middle of the frame shown at this lesson time; play goes on if it was on. */
	seek(toMs: number): void {
		this.#hasEnded = false;
		this.#gather('seek', this.#clamp(middleOf(frameAt(this.#clamp(toMs)))));
	}

	/** Pauses and moves all by single frames. */
	step(frames: number): void {
		const from = this.positionMs;
		this.#isWanted = false;
		this.seek(middleOf(Math.max(0, frameAt(from) + frames)));
	}

	/** Passed to every track at once. */
	setRate(rate: number): void {
		if (rate === this.#rate) return;
		this.#rate = rate;
		for (const m of this.#members) members.setRate(m, rate);
		this.#changed();
	}

	/** A track that is not shown need not play: it stops and is brought back at the right moment. */
	setResting(id: string, isResting: boolean): void {
		const m = this.#members.find((one) => one.id === id);
		if (!m || m.standing === 'lost' || isResting === (m.standing === 'resting')) return;
		void this.positionMs;
		if (isResting) {
			m.standing = 'resting';
			m.isHeld = false;
			m.player.pause();
			this.#tick();
		} else this.#enter(m);
	}

	/** Back from a hidden tab or a suspended device. */
	wake(): void {
		if (this.#isWanted && !this.#gathering) this.#tick();
	}

	close(): void {
		this.#stopTicking?.();
		this.#stopTicking = null;
		for (const m of this.#members) m.player.pause();
	}

	#clamp(ms: number): number {
		return Math.max(0, Math.min(ms, this.#lengthMs));
	}

	#enter(m: Member): void {
		m.sought = null;
		if (this.isRunning) {
			m.standing = 'joining';
			this.#tick();
			return;
		}
		m.standing = 'in';
		const targetMs = this.#gathering?.targetMs ?? this.#positionMs;
		if (this.#isWanted || m.player.readiness !== 'nothing') this.#gather('seek', targetMs);
		else m.player.seek(members.mediaMsFor(m, targetMs));
	}

	#lose(m: Member): void {
		m.standing = 'lost';
		m.isHeld = false;
		m.player.pause();
		this.#changed();
		this.#tick();
	}

	#gather(why: Gathering['why'], targetMs: number | null): void {
		this.#gathering = { why, targetMs, sinceMs: this.#scheduler.nowMs() };
		if (targetMs !== null) this.#positionMs = targetMs;
		for (const m of this.#members) {
			if (m.standing === 'lost' || m.standing === 'resting') continue;
			m.player.prepare();
			m.standing = 'in';
			m.isHeld = false;
			if (!m.player.isPaused) m.player.pause();
		}
		this.#stopTicking ??= this.#scheduler.every(TICK_MS, () => this.#tick());
		this.#changed();
		this.#tick();
	}

	#tick(): void {
		if (this.#gathering) this.#gatherOn(this.#gathering);
		else if (this.#isWanted) this.#runOn();
	}

	#gatherOn(g: Gathering): void {
		const nowMs = this.#scheduler.nowMs();
		if (g.why === 'pause') {
			if (nowMs - g.sinceMs < SETTLING_MS) return;
			const lead = reference(this.#members, this.#positionMs);
			if (lead) this.#positionMs = g.targetMs ??= this.#clamp(pausedAt(lead));
		}
		const targetMs = g.targetMs ?? this.#positionMs;
		const course = { rate: this.#rate, nowMs, isWanted: this.#isWanted };
		const gathered = this.#members.filter((m) => m.standing === 'in');
		const waitingFor = missing(gathered, g.why, targetMs, course);
		if (waitingFor.length > 0) {
			if (waitingFor.map((m) => m.id).join() !== this.#waitingFor.map((m) => m.id).join()) {
				this.#waitingFor = waitingFor;
				this.#changed();
			}
			return;
		}
		this.#waitingFor = [];
		this.#gathering = null;
		if (this.#isWanted) {
			this.#startedAtMs = nowMs;
			jogStart(this.#jog, nowMs);
			start(this.#members, targetMs, this.#rate, nowMs);
		} else {
			this.#stopTicking?.();
			this.#stopTicking = null;
		}
		this.#changed();
	}

	#runOn(): void {
		const nowMs = this.#scheduler.nowMs();
		const atMs = this.positionMs;
		if (this.#isAtEnd(atMs)) return this.#end();
		const taking = this.#members.filter((m) => members.takesPart(m, atMs) && !m.isHeld);
		const isStarting = nowMs - this.#startedAtMs < STARTING_MS;
		// Paused by the browser (a hidden tab, a phone's power saver): start together again.
		const isInterrupted = taking.some((m) => m.player.isPaused && !m.player.hasEnded);
		const places = taking.filter((m) => m.kind === 'picture').map(members.lessonMs);
		const isFar = Math.max(...places) - Math.min(...places) > FAR_MS;
		if (isInterrupted && isStarting && ++this.#refusals >= REFUSALS) return this.pause();
		if (!isStarting) this.#refusals = 0;
		if (isInterrupted || isFar) return this.#gather('start', atMs);

		const stalled = steer(this.#members, atMs, { rate: this.#rate, nowMs, jog: this.#jog });
		if (stalled.length > 0) this.#gather('stall', null);
	}

	#isAtEnd(atMs: number): boolean {
		if (atMs >= this.#lengthMs - FRAME_MS) return true;
		const present = this.#members.filter((m) => m.standing === 'in' || m.standing === 'joining');
		return present.length > 0 && present.every((m) => m.player.hasEnded);
	}

	#end(): void {
		this.#isWanted = false;
		this.#hasEnded = true;
		this.#positionMs = this.#lengthMs;
		for (const m of this.#members) m.player.pause();
		this.#stopTicking?.();
		this.#stopTicking = null;
		this.#changed();
	}

	#changed(): void {
		for (const listener of this.#listeners) listener();
	}
}
