/**
 * One clock for several tracks. Two things happen here and nothing else:
 * *gathering* brings every track to one place, with the right picture on screen, while all stand
 * still; *running* (steer.ts) keeps them together while they move. Starting, seeking, stepping,
 * pausing and a stall are all a gathering, with or without play after it.
 */
import type { Span } from '../model.ts';
import { Border } from './border.ts';
import { FRAME_MS, frameAt, middleOf } from './frames.ts';
import { missing, start, type Gathering } from './gather.ts';
import { Interruptions } from './interruptions.ts';
import { LessonTime } from './lesson-time.ts';
import * as members from './member.ts';
import type { Member } from './member.ts';
import { jogStart, noJog, see } from './pictures.ts';
import { run } from './run.ts';
import { coveredOf, sectionsOf } from './sections.ts';
import { driftsOf, idsOf, lostOf, phaseOf } from './state.ts';
import type { ClockState, Parked, TrackPlan } from './state.ts';
import { Ticker } from './ticker.ts';
import type { Scheduler } from './track.ts';

export class SyncClock {
	readonly #members: Member[] = [];
	readonly #scheduler: Scheduler;
	readonly #listeners = new Set<() => void>();
	readonly #interruptions = new Interruptions();
	readonly #time: LessonTime;
	readonly #ticker: Ticker;
	readonly #border = new Border();
	readonly #jog = noJog();
	#gathering: Gathering | null = null;
	#parked: Parked = {};
	#isWanted = false;
	#hasEnded = false;
	#isRefused = false;
	/** Something was asked of the tracks; before it nothing is fetched. */
	#isAwake = false;
	#rate = 1;
	#waitingFor: string[] = [];

	/** `durationMs` is the lesson's length; `startMs` where the viewer left off. */
	constructor(scheduler: Scheduler, durationMs: number, startMs = 0) {
		this.#scheduler = scheduler;
		this.#ticker = new Ticker(scheduler, () => this.#tick());
		this.#time = new LessonTime(durationMs, startMs);
	}

	/** The first track added leads. A track added later joins in without stopping the others. */
	add({ id, kind = 'picture', player, offsetMs = 0, sections }: TrackPlan): () => void {
		const m = members.member(id, kind, player, sectionsOf(offsetMs, sections));
		this.#members.push(m);
		this.#isRefused = false;
		members.setRate(m, this.#rate);
		const stopListening = player.listen((event) => {
			if (event === 'lost') return this.#lose(m);
			if (event === 'frame') see(m);
			if (event !== 'frame' || this.#gathering) this.#tick();
		});
		if (this.#isAwake || this.#time.positionMs > 0) this.#enter(m);
		return () => {
			stopListening();
			player.pause();
			this.#isRefused = false;
			this.#members.splice(this.#members.indexOf(m), 1);
		};
	}

	get state(): ClockState {
		return {
			phase: phaseOf(this.#gathering, this.#isWanted, this.#hasEnded),
			isPlaying: this.#isWanted,
			isRefused: this.#isRefused,
			positionMs: this.positionMs,
			rate: this.#rate,
			waitingFor: this.#waitingFor,
			lost: lostOf(this.#members),
			driftMs: driftsOf(this.#members)
		};
	}

	/** Lesson time, live. */
	get positionMs(): number {
		if (!this.isRunning) return this.#time.positionMs;
		return this.#time.read(this.#members, this.#rate, this.#scheduler.nowMs());
	}

	/** Whether pictures are moving now (not merely wanted). */
	get isRunning(): boolean {
		return this.#isWanted && !this.#gathering;
	}

	/** Lesson time of the picture that a track has on screen; NaN when there is none. */
	shownMs(id: string): number {
		const m = this.#find(id);
		return m ? members.shownMs(m) : NaN;
	}

	/** What of a span a track has something to show for, from its first to its last moment. */
	coveredOf(id: string, span: Span): Span | null {
		const m = this.#find(id);
		return m ? coveredOf(m.sections, span, m.player.durationMs) : null;
	}

	/** Called after every change of `state` but the position's. Answers a function that stops it. */
	listen(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	/**
	 * Play that comes to the last frame before `atMs` asks `reached` once what is next, and `reached`
	 * must say it: seek, pauseAt or passTo. Infinity: nothing is in the way.
	 */
	setBorder(atMs: number, reached: () => void): void {
		this.#border.set(atMs, reached);
	}

	play(): void {
		if (this.#isWanted) return;
		const isFromStart = this.#hasEnded;
		this.#isWanted = true;
		this.#hasEnded = false;
		if (isFromStart) return this.#gather('seek', 0);
		if (this.#gathering?.why === 'seek' || this.#gathering?.why === 'border') this.#changed();
		else this.#gather('start', this.#time.positionMs);
	}

	/** All stop, then all show the frame the leading picture stopped at. */
	pause(): void {
		if (!this.#isWanted) return;
		void this.positionMs;
		this.#isWanted = false;
		if (this.#gathering?.why === 'seek') this.#changed();
		else this.#gather('pause', this.#gathering?.why === 'border' ? this.#gathering.targetMs : null);
	}

	/** All stop at the frame shown at a lesson time. */
	pauseAt(atMs: number): void {
		this.#isWanted = false;
		this.#gather('pause', middleOf(frameAt(atMs)));
	}

	/**
	 * Goes to the middle of the frame shown at this lesson time, and tracks that are parked to their
	 * own places. Play goes on if it was on, also after the end.
	 */
	seek(toMs: number, parked: Parked = {}): void {
		this.#isWanted ||= this.#hasEnded;
		this.#park(parked);
		this.#gather('seek', middleOf(frameAt(this.#time.clamp(toMs))));
	}

	/** As `seek`, but what is there to within a frame stays as it is, so that play goes on at once. */
	passTo(toMs: number, parked: Parked = {}): void {
		this.#park(parked);
		if (this.#isAwake) this.#gather('border', toMs);
		else this.#time.set(toMs);
	}

	/** Pauses and moves all that are not parked by single frames. */
	step(frames: number): void {
		const from = this.positionMs;
		this.#isWanted = this.#hasEnded = false;
		this.seek(middleOf(Math.max(0, frameAt(from) + frames)), this.#parked);
	}

	/** Passed to every track at once. */
	setRate(rate: number): void {
		if (rate === this.#rate) return;
		this.#rate = rate;
		for (const m of this.#members) members.setRate(m, rate);
		this.#changed();
	}

	/** A track that is not shown neither plays nor fetches; it is brought back at the right moment. */
	setResting(id: string, isResting: boolean): void {
		const m = this.#find(id);
		if (!m || m.standing === 'lost' || isResting === (m.standing === 'resting')) return;
		void this.positionMs;
		this.#isRefused = false;
		m.player.setFetching(!isResting);
		if (!isResting) return this.#enter(m);
		members.leave(m, 'resting');
		this.#tick();
	}

	/** Back from a hidden tab or a suspended device. */
	wake(): void {
		if (this.isRunning) this.#tick();
	}

	/** Everything stands. */
	halt(): void {
		this.#ticker.stop();
		for (const m of this.#members) m.player.pause();
	}

	#find(id: string): Member | undefined {
		return this.#members.find((m) => m.id === id);
	}

	#park(parked: Parked): void {
		this.#hasEnded = false;
		this.#parked = parked;
		for (const m of this.#members) m.parkedMs = parked[m.id] ?? null;
	}

	#enter(m: Member): void {
		m.sought = null;
		m.parkedMs = this.#parked[m.id] ?? null;
		m.standing = this.isRunning && m.parkedMs === null ? 'joining' : 'in';
		if (m.standing === 'joining') return this.#tick();
		const targetMs = this.#gathering?.targetMs ?? this.#time.positionMs;
		if (this.isRunning) members.send(m, m.parkedMs ?? targetMs, this.#scheduler.nowMs());
		else if (this.#isAwake) this.#gather('seek', targetMs);
		else m.player.seek(members.mediaMsFor(m, m.parkedMs ?? targetMs));
	}

	#lose(m: Member): void {
		members.leave(m, 'lost');
		this.#changed();
		this.#tick();
	}

	#gather(why: Gathering['why'], targetMs: number | null): void {
		this.#isAwake = true;
		this.#ticker.hush();
		const aimMs = targetMs === null ? null : this.#time.clamp(targetMs);
		this.#gathering = { why, targetMs: aimMs, sinceMs: this.#scheduler.nowMs() };
		if (aimMs !== null) this.#time.set(aimMs);
		for (const m of this.#members) {
			if (m.standing === 'lost' || m.standing === 'resting') continue;
			m.player.prepare();
			m.standing = 'in';
			m.isHeld = false;
			if (!m.player.isPaused) m.player.pause();
		}
		this.#ticker.start();
		this.#changed();
		this.#tick();
	}

	#tick(): void {
		if (this.#gathering) this.#gatherOn(this.#gathering);
		else if (this.#isWanted) this.#runOn();
	}

	#gatherOn(g: Gathering): void {
		const nowMs = this.#scheduler.nowMs();
		const before = g.why + this.#waitingFor.join();
		const course = { rate: this.#rate, nowMs, isWanted: this.#isWanted };
		const waitingFor = missing(this.#members, g, this.#time.positionMs, course);
		if (!waitingFor) return;
		this.#waitingFor = idsOf(waitingFor);
		if (g.targetMs !== null) this.#time.set(g.targetMs);
		if (waitingFor.length > 0) {
			if (before !== g.why + this.#waitingFor.join()) this.#changed();
			return;
		}
		this.#gathering = null;
		if (this.#isWanted) {
			this.#time.start(nowMs);
			this.#interruptions.started(nowMs);
			const share = jogStart(this.#jog, this.#rate, nowMs);
			start(this.#members, this.#time.positionMs, { rate: this.#rate, share, nowMs });
		} else this.halt();
		this.#changed();
	}

	#runOn(): void {
		const atMs = this.positionMs;
		if (this.#border.ask(atMs)) return;
		const { lengthMs } = this.#time;
		const isLast = atMs >= lengthMs - FRAME_MS && this.#border.leftMs(atMs) > FRAME_MS;
		if (isLast) return this.#end();
		const course = { rate: this.#rate, nowMs: this.#scheduler.nowMs(), jog: this.#jog };
		const { need, leftMs } = run(this.#members, atMs, course, this.#interruptions);
		if (need === 'one only' || need === 'refused') {
			this.#isRefused = need === 'one only';
			return this.pause();
		}
		if (need) return this.#gather(need, need === 'start' ? atMs : null);
		this.#ticker.ring(Math.min(this.#border.leftMs(atMs), leftMs) / this.#rate);
	}

	#end(): void {
		this.#isWanted = false;
		this.#hasEnded = true;
		this.#time.set(this.#time.lengthMs);
		this.halt();
		this.#changed();
	}

	#changed(): void {
		for (const listener of this.#listeners) listener();
	}
}
