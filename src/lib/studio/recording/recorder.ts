/** Records a camera's picture into the store, piece by piece. */
import type { LocalTake } from './local-take.ts';
import { BITS_PER_SECOND } from './room.ts';
import type { TakeStore } from './take-store.ts';

const CHUNK_MS = 1000;
/** An encoder that has given nothing for so many looks has nothing left. */
const QUIET_LOOKS = 4;
const LOOK_MS = 100;
/** A slow phone's encoder is waited for so long at the most. */
const DRAIN_MS = 3000;
/** VP8 first: any phone encodes it in time, and it can be read up to where it breaks off. */
const TYPES = ['video/webm;codecs=vp8', 'video/webm', 'video/mp4'];

export const recordableType = (): string =>
	TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? '';

export class Recorder {
	readonly #recorder: MediaRecorder;
	readonly #store: TakeStore;
	readonly #take: LocalTake;
	#count = 0;
	#written: Promise<void> = Promise.resolve();
	#stopped: Promise<void>;
	#startedMs = 0;
	#tell: (sizeBytes: number) => void = () => undefined;
	/** What is on the disk for certain. */
	kept = { sizeBytes: 0, lengthMs: 0 };
	fault: unknown;
	/** Nothing more can be written: told once. */
	onfault: () => void = () => undefined;

	/** @param take is kept up to date as pieces come */
	constructor(stream: MediaStream, store: TakeStore, take: LocalTake) {
		this.#store = store;
		this.#take = take;
		this.#recorder = new MediaRecorder(stream, {
			...(take.type && { mimeType: take.type }),
			videoBitsPerSecond: BITS_PER_SECOND
		});
		this.#recorder.ondataavailable = ({ data }) => this.#keep(data);
		this.#stopped = new Promise((resolve) => {
			this.#recorder.onstop = () => resolve();
			// A lost camera ends it, too; what has come stays.
			this.#recorder.onerror = () => resolve();
		});
	}

	/** @returns the page's time at which it was started */
	start(): number {
		this.#startedMs = performance.now();
		this.#recorder.start(CHUNK_MS);
		return this.#startedMs;
	}

	/** Resolves when the last piece is on the disk. */
	async stop(): Promise<void> {
		if (this.#recorder.state !== 'inactive') {
			this.#take.lengthMs = performance.now() - this.#startedMs;
			await this.#drain();
		}
		if (this.#recorder.state !== 'inactive') this.#recorder.stop();
		await this.#stopped;
		await this.#written;
	}

	/**
	 * Stopping throws away what is still to be encoded; on a busy device that is the film's last
	 * seconds, and of a short one nearly all. While it is paused nothing new comes, and the rest does.
	 */
	async #drain(): Promise<void> {
		this.#recorder.pause();
		const untilMs = performance.now() + DRAIN_MS;
		let quiet = 0;
		while (quiet < QUIET_LOOKS && performance.now() < untilMs && !this.fault) {
			await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
			if (this.#recorder.state === 'inactive') return;
			const sizeBytes = await this.#nextPiece();
			quiet = sizeBytes === 0 ? quiet + 1 : 0;
		}
	}

	/** @returns how much has come since the piece before */
	#nextPiece(): Promise<number> {
		return new Promise((resolve) => {
			this.#tell = resolve;
			void this.#stopped.then(() => resolve(0));
			this.#recorder.requestData();
		});
	}

	#keep(data: Blob): void {
		this.#tell(data.size);
		if (data.size === 0 || this.fault) return;
		const index = this.#count++;
		if (this.#recorder.state === 'recording')
			this.#take.lengthMs = performance.now() - this.#startedMs;
		this.#take.sizeBytes += data.size;
		const snapshot = { ...this.#take };
		this.#written = this.#written
			.then(() => this.#store.append(snapshot, index, data))
			.then(() => {
				const { sizeBytes, lengthMs } = snapshot;
				this.kept = { sizeBytes, lengthMs };
			})
			.catch((error: unknown) => {
				if (this.fault) return;
				this.fault = error;
				this.onfault();
			});
	}
}
