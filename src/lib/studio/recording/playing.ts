/** Bringing a `<video>` to a place and playing a piece of it. */
import { watchFrames } from './frames.ts';

const NEWS = ['loadedmetadata', 'seeked', 'canplay', 'playing', 'error'];

/** Resolves when this holds, looked at whenever the video has news. */
function until(video: HTMLVideoElement, holds: () => boolean, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const listening = new AbortController();
		const leave = () => {
			listening.abort();
			reject(new DOMException('called off', 'AbortError'));
		};
		const look = () => {
			if (!holds()) return;
			listening.abort();
			signal?.removeEventListener('abort', leave);
			resolve();
		};
		for (const type of NEWS) video.addEventListener(type, look, { signal: listening.signal });
		signal?.addEventListener('abort', leave, { once: true });
		look();
	});
}

/** Stands still on the frame of a moment, ready to go on. @throws AbortError when called off */
export async function standAt(
	video: HTMLVideoElement,
	atMs: number,
	signal?: AbortSignal
): Promise<void> {
	video.pause();
	await until(video, () => video.readyState >= 1, signal);
	// Inside the frame rather than on its edge.
	video.currentTime = (atMs + 1) / 1000;
	await until(video, () => !video.seeking && video.readyState >= 3, signal);
}

/**
 * A recording says nothing of its length, and cannot be sought in, until its end was looked for.
 */
export async function measure(video: HTMLVideoElement): Promise<void> {
	await until(video, () => video.readyState >= 1);
	if (Number.isFinite(video.duration)) return;
	video.currentTime = 1e7;
	await until(video, () => !video.seeking);
}

/**
 * Plays pieces of videos together, each from its own place, until the first has come to its end.
 * @returns stops
 */
export function playTogether(
	pieces: { video: HTMLVideoElement; startMs: number; endMs: number }[],
	onended: () => void
): () => void {
	const stops: (() => void)[] = [];
	const calledOff = new AbortController();
	const stop = () => {
		calledOff.abort();
		for (const each of stops.splice(0)) each();
		for (const { video } of pieces) video.pause();
	};
	const end = () => {
		if (calledOff.signal.aborted) return;
		stop();
		onended();
	};
	const begin = async () => {
		await Promise.all(
			pieces.map(({ video, startMs }) => standAt(video, Math.max(0, startMs), calledOff.signal))
		);
		const [first] = pieces;
		if (!first) return;
		stops.push(
			watchFrames(first.video, ({ mediaMs }) => {
				if (mediaMs >= first.endMs) end();
			})
		);
		first.video.addEventListener('ended', end, { signal: calledOff.signal });
		await Promise.all(pieces.map(({ video }) => video.play()));
	};
	begin().catch(() => end());
	return stop;
}
