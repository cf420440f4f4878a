/** Records a camera's picture into the store, piece by piece. */
import type { LocalTake } from './local-take.ts';
import { BITS_PER_SECOND } from './room.ts';
import type { TakeStore } from './take-store.ts';

const CHUNK_MS = 1000;
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
			this.#recorder.stop();
		}
		await this.#stopped;
		await this.#written;
	}

	#keep(data: Blob): void {
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
