/** One film of a sign being recorded: counted down, of a set length, then there to be looked at. */
import { stayAwake } from '../awake.ts';
import type { Camera } from '../recording/camera.svelte.ts';
import { CameraPace } from '../recording/camera-pace.ts';
import { watchFrames } from '../recording/frames.ts';
import { Recorder, recordableType } from '../recording/recorder.ts';
import { askToStay } from '../recording/room.ts';
import { NoRoom } from '../recording/take-store.ts';
import type { LocalClip, SignShelf } from './sign-shelf.svelte.ts';

export type ClipPhase = 'idle' | 'countdown' | 'recording' | 'saving';
export type ClipProblem = 'full' | 'hidden' | 'slow' | 'nothing';

const COUNT_FROM = 3;
const COUNT_MS = 1000;
const LOOK_MS = 50;

/** A film of nothing yet. */
export const newClip = (owner: string, termId: string, type: string): LocalClip => ({
	...{ id: crypto.randomUUID(), owner, termId, type, state: 'recording' },
	...{ startMs: 0, endMs: 0, alignMs: 0, trimStartMs: 0, trimEndMs: 0 },
	...{ lengthMs: 0, sizeBytes: 0, recordedAt: Date.now(), isUneven: false }
});

export class ClipSession {
	phase: ClipPhase = $state('idle');
	count = $state(0);
	/** How much of it is recorded, 0 to 1. */
	share = $state(0);
	problem: ClipProblem | undefined = $state();
	readonly isUnderWay = $derived(this.phase !== 'idle');
	readonly #shelf: SignShelf;
	readonly #camera: Camera;
	#finish: (problem?: ClipProblem) => void = () => undefined;
	#stopping = new AbortController();

	constructor(shelf: SignShelf, camera: Camera) {
		this.#shelf = shelf;
		this.#camera = camera;
		camera.onlost = () => this.stop();
	}

	/**
	 * @param preview shows the camera's picture
	 * @returns whether there is a film to be looked at
	 */
	async record(termId: string, seconds: number, preview: HTMLVideoElement): Promise<boolean> {
		const { stream } = this.#camera;
		const { store, owner } = this.#shelf;
		if (this.isUnderWay || !stream || !store) return false;
		this.problem = undefined;
		this.share = 0;
		this.#stopping = new AbortController();
		const sleepAgain = stayAwake();
		void askToStay();
		try {
			const clip = newClip(owner, termId, recordableType());
			const recorder = new Recorder(stream, store, clip);
			return (await this.#countDown()) && (await this.#film(clip, recorder, preview, seconds));
		} catch {
			this.problem = 'nothing';
			return false;
		} finally {
			sleepAgain();
			this.phase = 'idle';
		}
	}

	/** Ends a film under way and keeps what there is; before it has begun, calls it off. */
	stop(): void {
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

	async #film(
		clip: LocalClip,
		recorder: Recorder,
		preview: HTMLVideoElement,
		seconds: number
	): Promise<boolean> {
		const over = new Promise<ClipProblem | undefined>((resolve) => (this.#finish = resolve));
		const hide = () => document.hidden && this.#finish('hidden');
		document.addEventListener('visibilitychange', hide);
		recorder.onfault = () => this.#finish('full');
		const startedMs = recorder.start();
		const pace = new CameraPace(startedMs);
		const stopWatching = watchFrames(preview, (shown) => pace.note(shown));
		this.phase = 'recording';
		const timer = setInterval(() => {
			this.share = Math.min(1, (performance.now() - startedMs) / (seconds * 1000));
			if (this.share === 1) this.#finish();
		}, LOOK_MS);
		const problem = await over;
		clearInterval(timer);
		stopWatching();
		const isSlow = pace.isSlow(performance.now());
		document.removeEventListener('visibilitychange', hide);
		this.phase = 'saving';
		await recorder.stop();
		Object.assign(clip, recorder.kept);
		this.problem = recorder.fault instanceof NoRoom ? 'full' : problem;
		if (clip.sizeBytes === 0) {
			this.problem ??= 'nothing';
			await this.#shelf.store?.remove(clip.id);
			return false;
		}
		if (isSlow) this.problem ??= 'slow';
		await this.#shelf.draft({ ...clip, state: 'draft' });
		return true;
	}
}
