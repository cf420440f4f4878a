/**
 * Sends one video by the tus protocol (https://tus.io/protocols/resumable-upload). A lost
 * connection is waited out, however long; a reloaded page goes on when the same file is chosen.
 */
import type { DetailedError, Upload } from 'tus-js-client';
import type { TrackKind } from '#lib/domain/lessons.ts';
import type { TakeInput } from '#lib/domain/takes.ts';
import { stayAwake } from './awake.ts';
import { fingerprintOf } from './chosen-file.ts';
import { Pace, timeLeft } from './pace.ts';

const CHUNK_BYTES = 5 * 1024 * 1024;
/**
 * Waits before each new try; the last one for ever, since not every browser says that it is online
 * again. The first try is at once and unseen: most breaks are over by then.
 */
const RETRY_DELAYS_MS = [0, 1000, 2000, 4000, 10_000];

export type SendingState =
	'idle' | 'checking' | 'sending' | 'paused' | 'offline' | 'refused' | 'cancelled' | 'done';
/** Why it ended without success; a text is the server's own sentence. */
export type Refusal = 'signedOut' | 'unreadable' | 'unknown' | { text: string };

export interface Destination {
	/** The upload address, a path of this site. */
	endpoint: string;
	/** Of a lesson's video; a whole course needs neither. */
	lessonId?: string;
	kind?: TrackKind;
	/** It is one piece of that track. */
	take?: TakeInput;
	/** It is a picture or film of a practice task: of what, and which kind. */
	work?: { of: string; kind: string };
}

/**
 * Separate, so that looking at a lesson loads none of it. Where something is going to be sent it is
 * asked for early: who loses the network afterwards can still have it sent as soon as it is back.
 */
export const fetchSender = () => import('tus-js-client');

export class Sending {
	state: SendingState = $state('idle');
	fileName = $state('');
	sentBytes = $state(0);
	totalBytes = $state(0);
	bytesPerSecond: number | undefined = $state();
	/** Where it went on after a reload; undefined if it started at the first byte. */
	resumedBytes: number | undefined = $state();
	refusal: Refusal | undefined = $state();
	readonly isUnderWay = $derived(['checking', 'sending', 'paused', 'offline'].includes(this.state));
	readonly left = $derived(
		this.bytesPerSecond === undefined
			? undefined
			: timeLeft(this.totalBytes - this.sentBytes, this.bytesPerSecond)
	);

	readonly #to: Destination;
	readonly #onSent: () => void;
	#file: File | undefined;
	#upload: Upload | undefined;
	#pace = new Pace();
	#isSignedOut = false;
	#failureCount = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#sleepAgain: (() => void) | undefined;

	constructor(to: Destination, onSent: () => void) {
		this.#to = to;
		this.#onSent = onSent;
	}

	/** Starts, or goes on where this very file had got to. */
	async send(file: File): Promise<void> {
		if (this.isUnderWay) return;
		this.state = 'checking';
		this.#file = file;
		this.fileName = file.name;
		this.totalBytes = file.size;
		this.sentBytes = 0;
		this.bytesPerSecond = this.resumedBytes = this.refusal = undefined;
		this.#isSignedOut = false;
		this.#failureCount = 0;
		try {
			const [tus, print] = await Promise.all([fetchSender(), fingerprintOf(file)]);
			this.#upload = new tus.Upload(file, this.#options(file, print));
			const [earlier] = await this.#upload.findPreviousUploads();
			if (earlier) this.#upload.resumeFromPreviousUpload(earlier);
		} catch (error) {
			const isUnreadable = error instanceof DOMException;
			return this.#refuse(isUnreadable ? 'unreadable' : 'unknown');
		}
		window.addEventListener('online', this.#goOn);
		this.#start();
	}

	pause(): void {
		if (this.state !== 'sending' && this.state !== 'offline') return;
		this.#stopRetrying();
		void this.#upload?.abort();
		this.#rest('paused');
	}

	resume(): void {
		if (this.state === 'paused') this.#start();
	}

	/** Stops and takes back what has been sent. */
	async cancel(): Promise<void> {
		if (!this.isUnderWay) return;
		this.#end('cancelled');
		// Offline it stays on the server, where it is of no harm, and can still be gone on with.
		await this.#upload?.abort(true).catch(() => undefined);
	}

	/** The page goes away: what has arrived stays for another time. */
	leave(): void {
		void this.#upload?.abort();
		this.#end(this.state);
	}

	#options(file: File, print: string) {
		const { endpoint, lessonId, kind, take, work } = this.#to;
		const piece = take && JSON.stringify(take);
		return {
			endpoint: new URL(endpoint, location.href).href,
			chunkSize: CHUNK_BYTES,
			// Ours below, so that a person is told of the first wait, not of the last.
			retryDelays: null,
			metadata: {
				...{ filename: file.name, filetype: file.type },
				...(lessonId && kind && { lessonId, kind }),
				...work,
				...(piece && { take: piece })
			},
			fingerprint: () =>
				Promise.resolve(
					[lessonId, kind, work?.of, work?.kind, print, piece].filter(Boolean).join('-')
				),
			removeFingerprintOnSuccess: true,
			onAfterResponse: (
				request: { getMethod(): string },
				response: { getStatus(): number; getHeader(name: string): string | undefined }
			) => {
				// To the client a 401 means "gone", and it would start again from the first byte.
				this.#isSignedOut = response.getStatus() === 401;
				if (this.#isSignedOut) throw new Error('signed out');
				if (response.getStatus() < 300) this.#noteReached();
				const offset = Number(response.getHeader('Upload-Offset'));
				if (request.getMethod() === 'HEAD' && offset > 0) this.#noteResumed(offset);
			},
			onProgress: (sent: number) => this.#noteProgress(sent),
			onSuccess: () => this.#finish(),
			onError: (error: Error | DetailedError) => this.#fail(error)
		};
	}

	#start(): void {
		this.#stopRetrying();
		if (this.state !== 'offline') this.state = 'sending';
		this.#pace = new Pace();
		this.#upload?.start();
		this.#sleepAgain ??= stayAwake();
	}

	/** Only while a try is being waited for: one under way must not be started twice. */
	#goOn = (): void => {
		if (this.#retry !== undefined) this.#start();
	};

	/** The server has answered: whatever was lost is found again. */
	#noteReached(): void {
		this.#failureCount = 0;
		if (this.state === 'offline') this.state = 'sending';
	}

	#noteResumed(offset: number): void {
		this.sentBytes = offset;
		// Within one visit going on is the least one expects; after another it is news.
		this.resumedBytes ??= this.#hasSent ? undefined : offset;
	}

	#hasSent = false;
	#noteProgress(sent: number): void {
		if (this.state !== 'sending') return;
		this.#hasSent = true;
		this.sentBytes = sent;
		this.#pace.note(sent, performance.now());
		this.bytesPerSecond = this.#pace.bytesPerSecond;
	}

	#finish(): void {
		this.sentBytes = this.totalBytes;
		this.#end('done');
		this.#onSent();
	}

	#fail(error: Error | DetailedError): void {
		if (this.#isSignedOut) return this.#refuse('signedOut');
		const response = 'originalResponse' in error ? error.originalResponse : null;
		const status = response?.getStatus() ?? 0;
		const isPassing = status === 0 || status >= 500 || [408, 409, 423, 429, 460].includes(status);
		if (!('originalRequest' in error)) return this.#refuse('unreadable');
		if (isPassing) return this.#wait();
		const text = response?.getBody().trim();
		// 400 and 404 are told by us, in the person's language; others come from in between.
		this.#refuse(text && (status === 400 || status === 404) ? { text } : 'unknown');
	}

	#wait(): void {
		const delay = RETRY_DELAYS_MS[this.#failureCount] ?? RETRY_DELAYS_MS.at(-1);
		this.#failureCount += 1;
		if (delay !== 0) this.#rest('offline');
		this.#retry = setTimeout(this.#goOn, delay);
		// A file that was moved or changed fails like a lost connection.
		this.#file
			?.slice(0, 1)
			.arrayBuffer()
			.catch(() => this.#refuse('unreadable'));
	}

	#refuse(refusal: Refusal): void {
		this.refusal = refusal;
		this.#end('refused');
	}

	#rest(state: SendingState): void {
		this.state = state;
		this.bytesPerSecond = undefined;
		this.#sleepAgain?.();
		this.#sleepAgain = undefined;
	}

	#end(state: SendingState): void {
		this.#stopRetrying();
		window.removeEventListener('online', this.#goOn);
		this.#hasSent = false;
		this.#rest(state);
	}

	#stopRetrying(): void {
		clearTimeout(this.#retry);
		this.#retry = undefined;
	}
}
