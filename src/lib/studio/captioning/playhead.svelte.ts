/** Where the video stands, and moving it; other pictures and the sound follow. */
import { untrack } from 'svelte';

type Follower = { element: HTMLMediaElement; placeOf: (lessonMs: number) => number | undefined };

/** Nearer than this nobody sees that two are apart. */
const APART_MS = 150;
/** No page is busier than this between two taps that somebody means. */
const MOST_LATE_MS = 1000;
export const RATES = [0.5, 0.75, 1] as const;

export class Playhead {
	/** Lesson milliseconds. */
	atMs = $state(0);
	isPlaying = $state(false);
	rate = $state(1);
	readonly durationMs: number;

	#video: HTMLVideoElement | undefined;
	#followers: Follower[] = [];
	#untilMs: number | undefined;
	#frame = 0;

	constructor(durationMs: number) {
		this.durationMs = durationMs;
	}

	/** The video that leads. @returns lets it go */
	lead(video: HTMLVideoElement): () => void {
		this.#video = video;
		const leaving = new AbortController();
		const on = (type: string, work: () => void) =>
			video.addEventListener(type, work, { signal: leaving.signal });
		on('play', () => this.#run(true));
		on('pause', () => this.#run(false));
		on('ended', () => this.#run(false));
		on('seeked', () => this.#look());
		return () => {
			leaving.abort();
			cancelAnimationFrame(this.#frame);
			this.#video = undefined;
		};
	}

	/** Shows or sounds what belongs to each moment. @returns lets it go */
	follow(element: HTMLMediaElement, placeOf: Follower['placeOf']): () => void {
		const follower = { element, placeOf };
		this.#followers.push(follower);
		// Whoever attaches it does not want to do so again with every frame.
		untrack(() => this.#place(follower, true));
		return () => {
			this.#followers = this.#followers.filter((one) => one !== follower);
		};
	}

	toggle(): void {
		if (this.isPlaying) this.#video?.pause();
		else this.play();
	}

	play(untilMs?: number): void {
		this.#untilMs = untilMs;
		const video = this.#video;
		if (!video) return;
		video.playbackRate = this.rate;
		if (untilMs === undefined && video.ended) video.currentTime = 0;
		// Refused only where nothing may play at all; the button then still says play.
		video.play().catch(() => undefined);
	}

	/** One stretch, then it stops. */
	playSpan({ startMs, endMs }: { startMs: number; endMs: number }): void {
		this.seek(startMs);
		this.play(endMs);
	}

	pause(): void {
		this.#video?.pause();
	}

	seek(toMs: number): void {
		this.#untilMs = undefined;
		this.atMs = Math.max(0, Math.min(toMs, this.durationMs));
		if (this.#video) this.#video.currentTime = this.atMs / 1000;
	}

	step(byMs: number): void {
		this.seek(this.nowMs() + byMs);
	}

	setRate(rate: number): void {
		this.rate = rate;
		for (const media of [this.#video, ...this.#followers.map(({ element }) => element)])
			if (media) media.playbackRate = rate;
	}

	/**
	 * Where it stood when somebody tapped: a busy page hears of it late.
	 * @param tappedAt as an event's `timeStamp`
	 */
	tappedMs(tappedAt: number): number {
		const lateMs = Math.min(MOST_LATE_MS, Math.max(0, performance.now() - tappedAt));
		return this.isPlaying ? Math.max(0, this.nowMs() - lateMs * this.rate) : this.nowMs();
	}

	/** To the millisecond. */
	nowMs(): number {
		const video = this.#video;
		if (!video || video.readyState === 0 || video.seeking) return this.atMs;
		return Math.min(this.durationMs, video.currentTime * 1000);
	}

	#run(isPlaying: boolean): void {
		this.isPlaying = isPlaying;
		cancelAnimationFrame(this.#frame);
		this.#look();
		if (isPlaying) this.#frame = requestAnimationFrame(() => this.#run(true));
	}

	#look(): void {
		this.atMs = this.nowMs();
		if (this.#untilMs !== undefined && this.atMs >= this.#untilMs) {
			this.#untilMs = undefined;
			this.#video?.pause();
		}
		for (const follower of this.#followers) this.#place(follower, !this.isPlaying);
	}

	#place({ element, placeOf }: Follower, isExact: boolean): void {
		const placeMs = placeOf(this.atMs);
		element.toggleAttribute('data-is-away', placeMs === undefined);
		if (placeMs === undefined || !this.isPlaying) element.pause();
		if (placeMs === undefined || element.readyState === 0) return;
		const apartMs = Math.abs(element.currentTime * 1000 - placeMs);
		if (!element.seeking && apartMs > (isExact ? 1 : APART_MS))
			element.currentTime = placeMs / 1000;
		if (this.isPlaying && element.paused) {
			element.playbackRate = this.rate;
			element.play().catch(() => undefined);
		}
	}
}
