/** A `<video>` or `<audio>` element as a track of the clock. */
import type { PresentedFrame, Readiness, TrackEvent, TrackPlayer } from '../clock/track.ts';
import { openSource, type Source, type Wanted } from './source.ts';
import { keepStill } from './still.ts';

/**
 * Everything after which the clock should look again. Not `ratechange`: only the clock changes rates,
 * and looking at once would answer every small correction with the next one.
 */
const CHANGES = [
	...['loadedmetadata', 'durationchange', 'canplay', 'canplaythrough', 'progress'],
	...['playing', 'pause', 'seeked', 'ended']
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
 * Slaves an element to the clock. Nothing is fetched before `prepare`, nor while `setFetching` is
 * off. `close` stops listening and drops the source; the element stays. `steering` shares out the
 * network between the pictures of one player.
 */
export function elementTrack(
	element: HTMLMediaElement,
	src: string,
	steering?: Wanted['steering']
): TrackPlayer & { close(): void } {
	const listeners = new Set<(event: TrackEvent) => void>();
	const tell = (event: TrackEvent): void => listeners.forEach((listener) => listener(event));
	let source: Source | null = null;
	let presented: PresentedFrame | null = null;
	let wantedMs: number | null = null;
	let lengthMs = NaN;
	let isPrepared = false;
	let isFetching = true;
	let showVideo = (): void => {};
	let frameRequest = 0;

	const watchFrames = (video: HTMLVideoElement): void => {
		frameRequest = video.requestVideoFrameCallback((_now, frame) => {
			presented = {
				mediaMs: frame.mediaTime * 1000,
				atMs: frame.expectedDisplayTime,
				count: (presented?.count ?? 0) + 1
			};
			showVideo();
			showVideo = () => {};
			tell('frame');
			watchFrames(video);
		});
	};
	const isWatchable = element instanceof HTMLVideoElement && 'requestVideoFrameCallback' in element;
	if (isWatchable) watchFrames(element);

	const open = (): void => {
		if (!isPrepared || !isFetching) return;
		const startS = (): number => (wantedMs ?? element.currentTime * 1000) / 1000;
		if (source) source.setFetching(true);
		else source = openSource(element, { src, startS, steering }, () => tell('lost'));
	};
	/** The source may empty the element: what is lost with it is kept here. */
	const rest = (): void => {
		const placeMs = wantedMs ?? element.currentTime * 1000;
		const restore =
			element instanceof HTMLVideoElement && element.readyState > 1
				? keepStill(element)
				: showVideo;
		source?.setFetching(false);
		if (element.readyState > 0) return restore();
		wantedMs = placeMs;
		showVideo = restore;
	};

	const change = (event: Event): void => {
		if (element.duration > 0) lengthMs = element.duration * 1000;
		if (event.type === 'loadedmetadata' && wantedMs !== null) {
			// A seek to where it is anyway costs the time of a whole one: the first picture waits for it.
			const awayMs = Math.abs(element.currentTime * 1000 - wantedMs);
			if (awayMs >= 1) element.currentTime = wantedMs / 1000;
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
			return lengthMs;
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
			isPrepared = true;
			open();
		},
		setFetching(isOn) {
			if (isOn === isFetching) return;
			isFetching = isOn;
			if (isOn) open();
			else rest();
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
			// Loading sets the rate to the default one, so this is what keeps it.
			element.defaultPlaybackRate = rate;
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
			showVideo();
		}
	};
}
