/** A `<video>` or `<audio>` element as a track of the clock. */
import type { PresentedFrame, Readiness, TrackEvent, TrackPlayer } from '../clock/track.ts';
import { openSource, type Source } from './source.ts';

/** Everything after which the clock should look again. */
const CHANGES = [
	...['loadedmetadata', 'durationchange', 'canplay', 'canplaythrough', 'progress'],
	...['playing', 'pause', 'seeked', 'ended', 'ratechange']
];

/** A gap this small in what is buffered is no gap: segments of one track join within a frame. */
const SEAM_S = 0.05;

const readinessOf = (state: number): Readiness =>
	state <= 1 ? 'nothing' : state === 2 ? 'this frame' : 'next frames';

function aheadMs(element: HTMLMediaElement): number {
	const { buffered, currentTime, duration } = element;
	for (let i = 0; i < buffered.length; i++) {
		if (buffered.start(i) - SEAM_S > currentTime || buffered.end(i) < currentTime) continue;
		const end = buffered.end(i);
		return end >= duration - SEAM_S ? Infinity : (end - currentTime) * 1000;
	}
	return 0;
}

/**
 * Slaves an element to the clock. Nothing is fetched before `prepare`. `close` stops listening and
 * drops the source; the element stays.
 */
export function elementTrack(
	element: HTMLMediaElement,
	src: string
): TrackPlayer & { close(): void } {
	const listeners = new Set<(event: TrackEvent) => void>();
	const tell = (event: TrackEvent): void => listeners.forEach((listener) => listener(event));
	let source: Source | null = null;
	let presented: PresentedFrame | null = null;
	let wantedMs: number | null = null;
	let frameRequest = 0;

	const watchFrames = (video: HTMLVideoElement): void => {
		frameRequest = video.requestVideoFrameCallback((_now, frame) => {
			presented = {
				mediaMs: frame.mediaTime * 1000,
				atMs: frame.expectedDisplayTime,
				count: (presented?.count ?? 0) + 1
			};
			tell('frame');
			watchFrames(video);
		});
	};
	const isWatchable = element instanceof HTMLVideoElement && 'requestVideoFrameCallback' in element;
	if (isWatchable) watchFrames(element);

	const change = (event: Event): void => {
		if (event.type === 'loadedmetadata' && wantedMs !== null) {
			element.currentTime = wantedMs / 1000;
			wantedMs = null;
		}
		tell('change');
	};
	const starve = (): void => tell('starved');
	for (const type of CHANGES) element.addEventListener(type, change);
	element.addEventListener('waiting', starve);

	return {
		get positionMs() {
			return wantedMs ?? element.currentTime * 1000;
		},
		get durationMs() {
			return element.duration * 1000;
		},
		get isPaused() {
			return element.paused;
		},
		get isSeeking() {
			return element.seeking || wantedMs !== null;
		},
		get hasEnded() {
			return element.ended;
		},
		get readiness() {
			return readinessOf(element.readyState);
		},
		get bufferedAheadMs() {
			return aheadMs(element);
		},
		get presented() {
			return presented;
		},
		prepare() {
			source ??= openSource(element, src, () => tell('lost'));
		},
		setFetching(isOn) {
			element.preload = isOn ? 'auto' : 'none';
		},
		play() {
			// Refused starts show as `paused`, which the clock sees by itself.
			element.play().catch(() => tell('change'));
		},
		pause: () => element.pause(),
		seek(mediaMs) {
			if (element.readyState === 0) wantedMs = mediaMs;
			else element.currentTime = mediaMs / 1000;
		},
		setRate(rate) {
			element.playbackRate = rate;
		},
		listen(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		close() {
			for (const type of CHANGES) element.removeEventListener(type, change);
			element.removeEventListener('waiting', starve);
			if (isWatchable) element.cancelVideoFrameCallback(frameRequest);
			source?.close();
		}
	};
}
