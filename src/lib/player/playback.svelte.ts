/** The clock and its elements as reactive state for the components. Lives in the browser only. */
import { indexCues } from '#lib/captions/at.ts';
import type { Cue } from '#lib/captions/cue.ts';
import { frameAt, FRAME_MS } from './clock/frames.ts';
import { SyncClock, type ClockState } from './clock/sync-clock.ts';
import { elementTrack } from './media/element-track.ts';
import { pageScheduler } from './media/page-scheduler.ts';
import type { Watched } from './model.ts';
import { collector } from './watched.ts';

export type PictureId = 'demonstration' | 'sign';
export type Picture = {
	id: PictureId;
	src: string;
	offsetMs: number;
	element: HTMLVideoElement;
};

/** Watched spans are reported about this often while playing. */
const REPORT_MS = 7000;
/** The seek bar and the time beside it move in such steps; captions are exact to the frame. */
const SHOWN_STEP_MS = 200;

const STILL: ClockState = {
	...{ phase: 'paused', isPlaying: false, positionMs: 0, rate: 1 },
	...{ waitingFor: [], lost: [], driftMs: {} }
};

export class Playback {
	/** The clock as it was at its last change. */
	state: ClockState = $state.raw(STILL);
	positionMs = $state(0);
	cues: Cue[] = $state.raw([]);
	hasStarted = $state(false);
	hasSound = $state(false);

	readonly #clock: SyncClock;
	readonly #watched = collector();
	readonly #onwatched: (watched: Watched) => void;
	// Nothing is drawn from it, so it need not be reactive.
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	readonly #tracks = new Map<string, { prepare(): void; remove(): void }>();
	#cueIndex = indexCues([]);
	#frame = 0;
	#reportedAtMs = 0;
	#reportedPositionMs: number | undefined;

	constructor(durationMs: number, startMs: number, onwatched: (watched: Watched) => void) {
		this.#clock = new SyncClock(pageScheduler, durationMs, startMs);
		this.positionMs = this.#clock.positionMs;
		this.#onwatched = onwatched;
		this.#clock.listen(() => this.#changed());
	}

	/** Puts a video under the clock; again after it was lost. */
	addPicture(picture: Picture): void {
		const { id, src, offsetMs, element } = picture;
		this.#tracks.get(id)?.remove();
		const track = elementTrack(element, src);
		track.listen((event) => {
			if (event !== 'frame' || !this.#clock.isRunning || !track.presented) return;
			this.#watched.see(track.presented.mediaMs + offsetMs, this.state.rate);
		});
		this.#put(id, track, { id, player: track, offsetMs });
		if (this.hasStarted) track.prepare();
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

	setCues(cues: readonly Cue[]): void {
		this.#cueIndex = indexCues(cues);
		this.#lookAtCues();
	}

	/** Begins to fetch before play is asked for. */
	prepare(): void {
		for (const { prepare } of this.#tracks.values()) prepare();
	}

	toggle(): void {
		if (this.state.isPlaying) this.#clock.pause();
		else {
			this.hasStarted = true;
			this.#clock.play();
		}
	}

	seek(toMs: number): void {
		this.hasStarted = true;
		this.#clock.seek(toMs);
	}

	seekBy(byMs: number): void {
		this.seek(this.#clock.positionMs + byMs);
	}

	step(frames: number): void {
		this.hasStarted = true;
		this.#clock.step(frames);
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
		this.report();
		cancelAnimationFrame(this.#frame);
		this.#clock.close();
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
		const before = this.state;
		this.state = this.#clock.state;
		this.#show();
		const isMoving = this.state.phase === 'playing';
		if (before.phase === 'playing' && !isMoving) {
			this.#watched.interrupt();
			if (this.state.phase !== 'waiting') this.report();
		}
		// A place sought while standing is where one wants to go on, on any device.
		if (before.phase === 'seeking' && this.state.phase === 'paused') this.report();
		// The frame all gathered on was shown while standing; play begins with it.
		if (isMoving && before.phase !== 'playing')
			this.#watched.see(frameAt(this.positionMs) * FRAME_MS, this.state.rate);
		cancelAnimationFrame(this.#frame);
		if (isMoving) this.#frame = requestAnimationFrame(this.#follow);
	}

	readonly #follow = (): void => {
		this.#frame = requestAnimationFrame(this.#follow);
		this.#lookAtCues();
		if (Math.abs(this.#clock.positionMs - this.positionMs) >= SHOWN_STEP_MS) this.#show();
		if (performance.now() - this.#reportedAtMs > REPORT_MS) this.report();
	};

	#show(): void {
		this.positionMs = this.#clock.positionMs;
		this.#lookAtCues();
	}

	#lookAtCues(): void {
		const cues = this.#cueIndex.at(this.#clock.positionMs);
		const isSame = cues.length === this.cues.length && cues.every((cue, i) => cue === this.cues[i]);
		if (!isSame) this.cues = cues;
	}

	/** The clock's own figures, for the technical panel. */
	get driftMs(): Record<string, number> {
		return this.#clock.state.driftMs;
	}
}
