/** The clock and its elements as reactive state for the components. Lives in the browser only. */
import type { Cue } from '#lib/captions/cue.ts';
import { ShownCues } from './captions/shown-cues.svelte.ts';
import { frameAt, FRAME_MS } from './clock/frames.ts';
import { SyncClock } from './clock/sync-clock.ts';
import type { ClockState } from './clock/state.ts';
import { elementTrack } from './media/element-track.ts';
import { pageScheduler } from './media/page-scheduler.ts';
import { Steering } from './media/steering.ts';
import type { PictureId, SignSection, Span, Turn, Watched } from './model.ts';
import { Pacing, type TurnState } from './pacing/pacing.ts';
import { collector } from './watched.ts';

export type Picture = {
	id: PictureId;
	src: string;
	element: HTMLVideoElement;
	/** Lesson time at which the video begins, when it is one piece. */
	offsetMs?: number;
	/** Instead: the pieces it consists of. */
	sections?: SignSection[];
};

/** Watched spans are reported about this often while playing. */
const REPORT_MS = 7000;
/**
 * Drawing the page anew for the first play keeps the browser from beginning to load, and both
 * pictures came a fifth later for it. So it waits, for less than anybody feels (100 ms, Miller 1968).
 */
const HOLD_MS = 50;
/** The seek bar and the time beside it move in such steps; captions are exact to the frame. */
const SHOWN_STEP_MS = 200;

const STILL: ClockState = {
	...{ phase: 'paused', isPlaying: false, isRefused: false, positionMs: 0, rate: 1 },
	...{ waitingFor: [], lost: [], driftMs: {} }
};

const PICTURES: readonly PictureId[] = ['demonstration', 'sign'];

export class Playback {
	/** The clock as it was at its last change. */
	state: ClockState = $state.raw(STILL);
	positionMs = $state(0);
	/** The same at this very moment. */
	readonly exactMs = (): number => this.#clock.positionMs;
	readonly cues = new ShownCues();
	/** In turn-taking: whose turn it is. */
	turn: TurnState | null = $state.raw(null);
	loop: Span | null = $state.raw(null);
	/** It paused by itself at the end of a step. */
	isAtStop = $state(false);
	/**
	 * This browser will not play two inline videos at once. It stays true; play goes on by itself as
	 * soon as there is only one to be played: one shown, both in one video, or turns.
	 */
	isRefused = $state(false);
	hasStarted = $state(false);
	hasSound = $state(false);

	readonly #clock: SyncClock;
	readonly #pacing: Pacing;
	readonly #watched = collector();
	readonly #onwatched: (watched: Watched) => void;
	// Nothing is drawn from it, so it need not be reactive.
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	readonly #tracks = new Map<string, { prepare(): void; remove(): void }>();
	readonly #steering = new Steering();
	#shown = PICTURES;
	#frame = 0;
	/** The first play is not told yet. */
	#holding: ReturnType<typeof setTimeout> | undefined;
	/** Refused, and not yet gone on. */
	#isHindered = false;
	#seenMs = NaN;
	#reportedAtMs = 0;
	#reportedPositionMs: number | undefined;

	constructor(durationMs: number, startMs: number, onwatched: (watched: Watched) => void) {
		this.#clock = new SyncClock(pageScheduler, durationMs, startMs);
		this.#pacing = new Pacing(this.#clock, durationMs);
		this.positionMs = this.#clock.positionMs;
		this.#onwatched = onwatched;
		this.#clock.listen(() => this.#changed());
	}

	/** Puts a video under the clock; again after it was lost. */
	addPicture(picture: Picture): void {
		const { id, src, offsetMs, sections, element } = picture;
		this.#tracks.get(id)?.remove();
		const track = elementTrack(element, src, { id, by: this.#steering });
		track.listen((event) => event === 'frame' && this.#saw(id));
		this.#put(id, track, { id, player: track, offsetMs, sections });
		if (this.hasStarted && this.#shown.includes(id)) track.prepare();
		this.setShown(this.#shown);
	}

	removePicture(id: PictureId): void {
		this.#tracks.get(id)?.remove();
		this.setShown(this.#shown);
	}

	/** The pictures that are shown; the others rest, cost nothing and come back in step. */
	setShown(ids: readonly PictureId[]): void {
		this.#shown = ids;
		for (const id of PICTURES) this.#clock.setResting(id, !ids.includes(id));
		this.#changed();
		this.#goOn();
	}

	/** The rounds of turn-taking, or null: both pictures play together. */
	setTurns(turns: Turn[] | null): void {
		this.#pacing.setTurns(turns);
		this.#changed();
		this.#goOn();
	}

	/** Plays this span again and again. */
	setLoop(loop: Span | null): void {
		this.#pacing.setLoop(loop);
		this.#changed();
	}

	/** Where to pause, each time it is passed: the ends of the steps. */
	setStops(endsMs: number[] | null): void {
		this.#pacing.setStops(endsMs);
	}

	/** Begins with the smallest pictures and stays there. */
	setSavesData(savesData: boolean): void {
		this.#steering.setSavesData(savesData);
	}

	/** Sound is fetched when it is wanted, and forgotten when not. */
	setSound(src: string | null): void {
		this.#tracks.get('sound')?.remove();
		this.hasSound = src !== null;
		if (src === null) return;
		const track = elementTrack(new Audio(), src);
		this.#put('sound', track, { id: 'sound', kind: 'sound', player: track });
		if (this.state.isPlaying) track.prepare();
	}

	/** The captions shown, and those in a second language. */
	setCues(first: readonly Cue[], second: readonly Cue[] = []): void {
		this.cues.set(first, second);
		this.cues.look(this.#clock.positionMs);
	}

	/** Begins to fetch before play is asked for. */
	prepare(): void {
		const resting = PICTURES.filter((id) => !this.#shown.includes(id));
		for (const [id, { prepare }] of this.#tracks) if (!resting.includes(id as PictureId)) prepare();
	}

	play(): void {
		if (!this.hasStarted) this.#holding ??= setTimeout(() => this.#begin(), HOLD_MS);
		this.#pacing.play();
	}

	#begin(): void {
		this.#holding = undefined;
		this.hasStarted = true;
		this.#changed();
	}

	pause(): void {
		this.#isHindered = false;
		this.#pacing.pause();
	}

	toggle(): void {
		if (this.#clock.state.isPlaying) this.pause();
		else this.play();
	}

	seek(toMs: number): void {
		this.hasStarted = true;
		if (this.state.isPlaying) this.report();
		this.#pacing.seek(toMs);
	}

	seekBy(byMs: number): void {
		this.seek(this.#clock.positionMs + byMs);
	}

	step(frames: number): void {
		this.hasStarted = true;
		this.#pacing.step(frames);
	}

	setRate(rate: number): void {
		this.#clock.setRate(rate);
	}

	/** The page comes back from, or goes to, the background. */
	setHidden(isHidden: boolean): void {
		if (isHidden) this.report();
		else this.#clock.wake();
	}

	/** Says what was seen since last time, and where it stands; nothing when neither is new. */
	report(): void {
		this.#reportedAtMs = performance.now();
		const ranges = this.#watched.take();
		const positionMs = Math.round(this.positionMs);
		if (ranges.length === 0 && (!this.hasStarted || positionMs === this.#reportedPositionMs))
			return;
		this.#reportedPositionMs = positionMs;
		this.#onwatched({ ranges, positionMs });
	}

	close(): void {
		clearTimeout(this.#holding);
		this.report();
		cancelAnimationFrame(this.#frame);
		this.#clock.halt();
		for (const { remove } of this.#tracks.values()) remove();
	}

	#put(
		id: string,
		track: { prepare(): void; close(): void },
		plan: Parameters<SyncClock['add']>[0]
	): void {
		const leave = this.#clock.add(plan);
		this.#tracks.set(id, {
			prepare: () => track.prepare(),
			remove: () => {
				this.#tracks.delete(id);
				leave();
				track.close();
			}
		});
	}

	#changed(): void {
		if (this.#holding) return;
		this.#pacing.setPair(PICTURES.every((id) => this.#isSeen(id)));
		const before = this.state;
		this.state = this.#clock.state;
		const { isRefused, isPlaying, phase } = this.state;
		this.turn = this.#pacing.turn;
		this.loop = this.#pacing.loop;
		this.isAtStop = this.#pacing.isAtStop;
		if (isRefused && !this.isRefused) this.isRefused = this.#isHindered = true;
		this.#show();
		const isMoving = phase === 'playing';
		if (before.phase === 'playing' && !isMoving) this.#watched.interrupt();
		// Where it was left, or a place sought while standing, is where one wants to go on.
		if ((before.isPlaying && !isPlaying) || (before.phase === 'seeking' && phase === 'paused'))
			this.report();
		// The frame all gathered on was shown while standing; play begins with it.
		if (isMoving && before.phase !== 'playing')
			this.#see(this.turn?.who ?? 'demonstration', this.positionMs);
		cancelAnimationFrame(this.#frame);
		if (isMoving) this.#frame = requestAnimationFrame(this.#follow);
	}

	/** Refused two at once, it goes on with what may play. */
	#goOn(): void {
		if (!this.#isHindered || (!this.turn && PICTURES.every((id) => this.#isSeen(id)))) return;
		this.#isHindered = false;
		this.play();
	}

	#isSeen(id: PictureId): boolean {
		const isThere = this.#tracks.has(id) && this.#shown.includes(id);
		return isThere && !this.#clock.state.lost.includes(id);
	}

	/**
	 * A new picture is on screen. In turn-taking only the hands count: who saw the signer saw half.
	 * The last picture of a part comes to the screen when it has just been paused.
	 */
	#saw(id: PictureId): void {
		const atMs = this.#clock.shownMs(id);
		const isWork = !this.turn || this.turn.who === id;
		const isTail = this.state.isPlaying && Math.abs(atMs - this.#seenMs - FRAME_MS) < FRAME_MS;
		if ((this.#clock.isRunning && isWork) || isTail) this.#see(id, atMs);
	}

	#see(id: PictureId, atMs: number): void {
		if (this.turn && id === 'sign') return;
		this.#seenMs = frameAt(atMs) * FRAME_MS;
		this.#watched.see(this.#seenMs, this.state.rate);
	}

	readonly #follow = (): void => {
		this.#frame = requestAnimationFrame(this.#follow);
		this.cues.look(this.#clock.positionMs);
		if (Math.abs(this.#clock.positionMs - this.positionMs) >= SHOWN_STEP_MS) this.#show();
		if (performance.now() - this.#reportedAtMs > REPORT_MS) this.report();
	};

	#show(): void {
		this.positionMs = this.#clock.positionMs;
		this.cues.look(this.#clock.positionMs);
	}
}
