/**
 * HLS through hls.js, its light build: twice the size of everything else on the page, so this file
 * is loaded only when it is needed.
 */
import Hls, { type Fragment, type Level } from 'hls.js/light';
import type { PictureId } from '../model.ts';
import type { Source, Wanted } from './source.ts';
import type { Steered } from './steering.ts';
import type { Transfer } from './throughput.ts';

/** How often it is looked whether what is loading comes in time. */
const LOOK_MS = 500;
/** Nothing was asked for so long after something was aborted. */
const STRANDED_MS = 150;
/** Less than this is ready: more is needed now. */
const NEEDED_S = 2;
/** Something is needed and nothing has come for so long: it is asked for again, each time later. */
const PATIENCE_MS = 3000;
const PATIENCE_MOST_MS = 24_000;
/** Segments of one track join within a frame. */
const SEAM_S = 0.05;

type Stats = Fragment['stats'];

const transferOf = ({ loading, loaded }: Stats, endMs: number): Transfer => ({
	...{ startMs: loading.first || loading.start, endMs, bytes: loaded }
});

function readyS({ buffered, currentTime, duration }: HTMLMediaElement): number {
	for (let i = 0; i < buffered.length; i++) {
		const end = buffered.end(i);
		if (buffered.start(i) - SEAM_S > currentTime || end < currentTime) continue;
		return end >= duration - SEAM_S ? Infinity : end - currentTime;
	}
	return 0;
}

/** Whether it comes too late at the pace it has, and one `share` as large would be there sooner. */
function isHopeless({ loading, loaded, total }: Stats, leftS: number, share: number): boolean {
	const tookMs = performance.now() - (loading.first || loading.start);
	const restBytes = total - loaded;
	return loaded > 0 && restBytes > total * share && (tookMs / loaded) * restBytes > leftS * 1000;
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
		...{ autoStartLoad: false, startLevel: 0, testBandwidth: false },
		// Our segments are fMP4: there is nothing to convert, and a worker takes long to begin.
		enableWorker: false
	});
	let isFetching = false;
	let hasRecovered = false;
	let loading: Fragment | null = null;
	let stranded: ReturnType<typeof setTimeout> | undefined;
	let isYielding = false;
	let leave = (): void => {};
	const start = (atS: number): void => {
		loading = null;
		isYielding = false;
		hls.startLoad(atS);
	};
	const restart = (): void => {
		if (!isFetching) return;
		hls.stopLoad();
		start(element.currentTime);
	};
	let aliveMs = performance.now();
	let seenBytes = 0;
	let patienceMs = PATIENCE_MS;
	const alive = (): void => void (aliveMs = performance.now());
	/** Whatever it is that hls.js waits for: a viewer does not wait for ever. */
	const watch = (): void => {
		const bytes = loading?.stats.loaded ?? 0;
		const isNeeded = isFetching && !isYielding && readyS(element) < NEEDED_S;
		if (!isNeeded || bytes !== seenBytes || hls.levels.length === 0) alive();
		seenBytes = bytes;
		if (performance.now() - aliveMs < patienceMs) return;
		// Where answers take long it is not asked again for each of them.
		patienceMs = Math.min(PATIENCE_MOST_MS, patienceMs * 2);
		alive();
		restart();
	};

	hls.on(Hls.Events.ERROR, (_event, { fatal, type, details, frag }) => {
		if (details === Hls.ErrorDetails.INTERNAL_ABORTED && frag === loading) {
			// With a segment of the level before, hls.js 1.7 aborts the one it is waiting for as well, and
			// then waits for ever. Where it goes on by itself, the next segment is there before this.
			loading = null;
			stranded = setTimeout(restart, STRANDED_MS);
		}
		if (!fatal) return;
		if (type === Hls.ErrorTypes.MEDIA_ERROR && !hasRecovered) {
			hasRecovered = true;
			hls.recoverMediaError();
		} else onlost();
	});
	hls.on(Hls.Events.MANIFEST_PARSED, (_event, { levels }) => {
		if (steering) leave = steering.by.add(steered(levels, steering.id));
		if (isFetching) start(startS());
	});
	hls.on(Hls.Events.LEVEL_LOADED, () => alive());
	hls.on(Hls.Events.FRAG_LOADING, (_event, { frag }) => {
		clearTimeout(stranded);
		loading = frag;
		alive();
	});
	hls.on(Hls.Events.FRAG_LOADED, (_event, { frag }) => {
		loading = null;
		alive();
		steering?.by.loaded(transferOf(frag.stats, frag.stats.loading.end));
	});

	/** hls.js sorts its levels from small to large. */
	const steered = (levels: Level[], id: PictureId): Steered => {
		const rungs = levels.map(({ width, height, bitrate, averageBitrate }) => ({
			shortSide: Math.min(width, height),
			bitsPerSecond: averageBitrate || bitrate
		}));
		const bits = (index: number): number => rungs[index]?.bitsPerSecond ?? NaN;
		return {
			id,
			rungs,
			get isFetching() {
				return isFetching;
			},
			get rate() {
				return element.playbackRate;
			},
			get readyS() {
				return readyS(element);
			},
			get underWay() {
				return loading && transferOf(loading.stats, performance.now());
			},
			setRung(index) {
				if (hls.loadLevel !== index || hls.autoLevelEnabled) hls.loadLevel = index;
				if (!loading || loading.level <= index) return;
				const share = bits(index) / bits(loading.level);
				if (!isHopeless(loading.stats, readyS(element), share)) return;
				restart();
			},
			setYielding(isOn) {
				if (isOn === isYielding) return;
				isYielding = isOn;
				if (isOn) hls.pauseBuffering();
				else hls.resumeBuffering();
			}
		};
	};
	const look = (): void => steering?.by.look();
	const looking = setInterval(() => {
		if (isFetching) look();
		watch();
	}, LOOK_MS);
	element.addEventListener('seeking', look);

	hls.attachMedia(element);
	return {
		setFetching(isOn) {
			if (isOn === isFetching) return;
			isFetching = isOn;
			loading = null;
			if (!isOn) hls.stopLoad();
			else if (hls.levels.length > 0) start(element.currentTime);
			else hls.loadSource(src);
			look();
		},
		close() {
			clearInterval(looking);
			clearTimeout(stranded);
			element.removeEventListener('seeking', look);
			leave();
			hls.destroy();
		}
	};
}
