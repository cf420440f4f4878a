/** One take being made: getting ready, counting down, recording, until it can be looked at. */
import { stayAwake } from '../awake.ts';
import { Alignment } from './alignment.ts';
import type { Camera } from './camera.svelte.ts';
import { watchFrames } from './frames.ts';
import type { LocalTake } from './local-take.ts';
import type { Part } from './parts.ts';
import { standAt } from './playing.ts';
import { Recorder, recordableType } from './recorder.ts';
import { askToStay } from './room.ts';
import type { Shelf } from './shelf.svelte.ts';
import { NoRoom } from './take-store.ts';

export type Phase = 'idle' | 'preparing' | 'countdown' | 'recording' | 'saving';
/** What kept a take from being what it should be. */
export type Problem = 'full' | 'hidden' | 'uneven' | 'slow' | 'demonstration' | 'nothing';

const COUNT_FROM = 3;
const COUNT_MS = 1000;
/** Signing goes on a little after the hands: kept, so that the end can be trimmed later. */
const TAIL_MS = 1000;
/** The demonstration waits for the recording's first frame, for so long at the most. */
const BEGIN_MS = 500;
/** The last frame of a part is shown this long before its end. */
const FRAME_MS = 34;

export class Session {
	phase: Phase = $state('idle');
	count = $state(0);
	/** How much of the part is recorded, 0 to 1. */
	share = $state(0);
	problem: Problem | undefined = $state();
	/** Where the demonstration stands, in lesson milliseconds. */
	positionMs = $state(0);
	readonly isUnderWay = $derived(this.phase !== 'idle');

	readonly #shelf: Shelf;
	readonly #camera: Camera;
	#finish: (problem?: Problem) => void = () => undefined;
	#stopping = new AbortController();

	constructor(shelf: Shelf, camera: Camera) {
		this.#shelf = shelf;
		this.#camera = camera;
		camera.onlost = () => this.#lose();
	}

	/**
	 * Records one part.
	 * @returns the take, to be looked at; undefined when it was called off or nothing came of it
	 */
	async record(
		part: Part,
		demonstration: HTMLVideoElement,
		preview: HTMLVideoElement
	): Promise<LocalTake | undefined> {
		const { stream } = this.#camera;
		const { store } = this.#shelf;
		if (this.isUnderWay || !stream || !store) return undefined;
		this.problem = undefined;
		this.share = 0;
		this.phase = 'preparing';
		this.#stopping = new AbortController();
		const sleepAgain = stayAwake();
		void askToStay();
		const take: LocalTake = {
			...{ id: crypto.randomUUID(), owner: this.#shelf.owner, state: 'recording' },
			...{ startMs: part.startMs, endMs: part.endMs, type: recordableType() },
			...{ alignMs: 0, trimStartMs: 0, trimEndMs: 0, lengthMs: 0, sizeBytes: 0 },
			...{ recordedAt: Date.now(), isUneven: false }
		};
		const alignment = new Alignment(take.startMs);
		// From before the start: so the camera's pace is known where a busy page misses its frames.
		const stopCamera = watchFrames(preview, (shown) => alignment.noteCamera(shown));
		try {
			await standAt(demonstration, part.startMs, this.#stopping.signal);
			const recorder = new Recorder(stream, store, take);
			const isReady = await this.#countDown();
			if (!isReady) return undefined;
			return await this.#take(take, recorder, demonstration, alignment);
		} catch {
			if (!this.#stopping.signal.aborted) this.problem = 'demonstration';
			return undefined;
		} finally {
			stopCamera();
			demonstration.pause();
			sleepAgain();
			this.phase = 'idle';
		}
	}

	/** Ends a take under way and keeps it; before it has begun, calls it off. */
	stop(): void {
		if (this.phase === 'recording') this.#finish();
		else this.#stopping.abort();
	}

	/** The camera itself says what has become of it; what it gave is kept. */
	#lose(): void {
		if (this.phase === 'recording') this.#finish();
		else this.#stopping.abort();
	}

	async #countDown(): Promise<boolean> {
		this.phase = 'countdown';
		for (this.count = COUNT_FROM; this.count > 0; this.count--) {
			await new Promise((resolve) => setTimeout(resolve, COUNT_MS));
			if (this.#stopping.signal.aborted) return false;
		}
		return true;
	}

	async #take(
		take: LocalTake,
		recorder: Recorder,
		demonstration: HTMLVideoElement,
		alignment: Alignment
	): Promise<LocalTake | undefined> {
		const lengthMs = take.endMs - take.startMs;
		let isWhole = false;
		const over = new Promise<Problem | undefined>((resolve) => {
			this.#finish = resolve;
		});
		const note = (alignMs = alignment.alignMs) => {
			if (alignMs === undefined) return;
			// Known while it runs, so that a crash leaves a take that can be used.
			const trimEndMs = isWhole ? alignMs + lengthMs : Math.max(alignMs, take.lengthMs);
			Object.assign(take, { alignMs, trimStartMs: alignMs, trimEndMs });
		};
		const stopDemonstration = watchFrames(demonstration, (shown) => {
			if (demonstration.paused) return;
			alignment.noteDemonstration(shown);
			this.positionMs = shown.mediaMs;
			this.share = Math.min(1, Math.max(0, (shown.mediaMs - take.startMs) / lengthMs));
			note();
			if (shown.mediaMs >= take.endMs - FRAME_MS) end();
		});
		const end = () => {
			if (isWhole) return;
			isWhole = true;
			demonstration.pause();
			setTimeout(() => this.#finish(), TAIL_MS);
		};
		const hide = () => document.hidden && this.#finish('hidden');
		demonstration.addEventListener('ended', end);
		document.addEventListener('visibilitychange', hide);
		recorder.onfault = () => this.#finish('full');
		try {
			alignment.start(recorder.start());
			this.phase = 'recording';
			// Both starts at once keep the page so busy that it misses frames of the camera.
			await Promise.race([
				alignment.begun,
				new Promise((resolve) => setTimeout(resolve, BEGIN_MS))
			]);
			await demonstration.play();
			const problem = await over;
			demonstration.pause();
			this.phase = 'saving';
			const isSlow = alignment.isSlow(performance.now());
			await recorder.stop();
			note(alignment.settledMs);
			take.isUneven = alignment.isUneven;
			const draft = await this.#settle(take, recorder, problem);
			if (draft && !this.problem && isSlow) this.problem = 'slow';
			return draft;
		} finally {
			stopDemonstration();
			demonstration.removeEventListener('ended', end);
			document.removeEventListener('visibilitychange', hide);
			this.#finish = () => undefined;
			await recorder.stop();
		}
	}

	async #settle(
		take: LocalTake,
		recorder: Recorder,
		problem: Problem | undefined
	): Promise<LocalTake | undefined> {
		const isFull = recorder.fault instanceof NoRoom;
		this.problem = isFull ? 'full' : recorder.fault ? 'nothing' : problem;
		if (!this.problem && take.isUneven) this.problem = 'uneven';
		Object.assign(take, recorder.kept);
		take.trimEndMs = Math.min(take.trimEndMs, take.lengthMs);
		if (take.sizeBytes === 0 || take.trimEndMs <= take.trimStartMs) {
			this.problem ??= 'nothing';
			await this.#shelf.store?.remove(take.id);
			return undefined;
		}
		const draft: LocalTake = { ...take, state: 'draft' };
		// The row is small; where even that fails, what is written already counts.
		await this.#shelf.put(draft).catch(() => undefined);
		return draft;
	}
}
