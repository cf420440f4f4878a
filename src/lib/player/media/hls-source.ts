/**
 * HLS through hls.js, its light build: twice the size of everything else on the page, so this file
 * is loaded only when it is needed.
 */
import Hls, { type Level, type LoaderStats } from 'hls.js/light';
import type { Source, Wanted } from './source.ts';
import type { Transfer } from './throughput.ts';

/** How often a segment that is slow to come is looked at. */
const LOOK_MS = 1000;
/** A slow segment of a rung too large is given up when less than this is left to show. */
const LITTLE_LEFT_S = 3;

const transferOf = ({ loading, loaded }: LoaderStats, endMs: number): Transfer => ({
	...{ startMs: loading.first || loading.start, endMs, bytes: loaded }
});

function leftS({ buffered, currentTime }: HTMLMediaElement): number {
	for (let i = 0; i < buffered.length; i++)
		if (buffered.start(i) <= currentTime && buffered.end(i) >= currentTime)
			return buffered.end(i) - currentTime;
	return 0;
}

/**
 * Null (and `onlost` called) where hls.js cannot work. It retries network errors by itself; what it
 * calls fatal after that is passed on. Loads nothing before `setFetching(true)`.
 */
export function openWithScript(
	element: HTMLMediaElement,
	{ src, startS, steering }: Wanted,
	onlost: () => void
): Source | null {
	if (!Hls.isSupported()) {
		onlost();
		return null;
	}
	const hls = new Hls({
		// What lies further ahead is paid for and perhaps never watched.
		...{ maxBufferLength: 30, maxMaxBufferLength: 30, backBufferLength: 30 },
		...{ autoStartLoad: false, startLevel: 0, testBandwidth: false }
	});
	let isFetching = false;
	let hasRecovered = false;
	let loading: LoaderStats | null = null;
	let leave = (): void => {};

	hls.on(Hls.Events.ERROR, (_event, { fatal, type }) => {
		if (!fatal) return;
		if (type === Hls.ErrorTypes.MEDIA_ERROR && !hasRecovered) {
			hasRecovered = true;
			hls.recoverMediaError();
		} else onlost();
	});
	hls.on(Hls.Events.MANIFEST_PARSED, (_event, { levels }) => {
		if (steering) leave = steering.by.add(steered(levels, steering.id));
		if (isFetching) hls.startLoad(startS());
	});
	hls.on(Hls.Events.FRAG_LOADING, (_event, { frag }) => (loading = frag.stats));
	hls.on(Hls.Events.FRAG_LOADED, (_event, { frag }) => {
		loading = null;
		steering?.by.loaded(transferOf(frag.stats, frag.stats.loading.end));
	});

	/** hls.js sorts its levels from small to large. */
	const steered = (levels: Level[], id: 'demonstration' | 'sign') => ({
		id,
		rungs: levels.map(({ width, height, bitrate, averageBitrate }) => ({
			shortSide: Math.min(width, height),
			bitsPerSecond: averageBitrate || bitrate
		})),
		get isFetching() {
			return isFetching;
		},
		get rate() {
			return element.playbackRate;
		},
		get underWay() {
			return loading && transferOf(loading, performance.now());
		},
		setRung(index: number) {
			if (hls.loadLevel === index && !hls.autoLevelEnabled) return;
			const isHopeless = index < hls.loadLevel && loading && leftS(element) < LITTLE_LEFT_S;
			hls.loadLevel = index;
			if (!isHopeless) return;
			hls.stopLoad();
			hls.startLoad(element.currentTime);
		}
	});
	const looking = setInterval(() => loading && steering?.by.look(), LOOK_MS);

	hls.attachMedia(element);
	return {
		setFetching(isOn) {
			if (isOn === isFetching) return;
			isFetching = isOn;
			loading = null;
			if (!isOn) hls.stopLoad();
			else if (hls.levels.length > 0) hls.startLoad(element.currentTime);
			else hls.loadSource(src);
			steering?.by.look();
		},
		close() {
			clearInterval(looking);
			leave();
			hls.destroy();
		}
	};
}
