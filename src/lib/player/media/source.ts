/** Gives an element its media: as the browser plays it itself, or through hls.js where it cannot. */
import type { PictureId } from '../model.ts';
import { openNative } from './native-source.ts';
import type { Steering } from './steering.ts';

export type Source = {
	/**
	 * Off: asks nothing more of the network, at once. On: goes on. The element may be emptied
	 * meanwhile; whoever holds it then has to remember its place.
	 */
	setFetching(isOn: boolean): void;
	/** Drops everything; the element stays, empty. */
	close(): void;
};

/** What is to be played, and who shares out the network between it and others. */
export type Wanted = {
	src: string;
	/** Where it will begin, in seconds, as far as is known when loading begins. */
	startS: () => number;
	steering?: { id: PictureId; by: Steering };
};

const HLS_TYPE = 'application/vnd.apple.mpegurl';
/** Some builds say "maybe" to HLS and then do nothing: this long without metadata means no. */
const PATIENCE_MS = 6000;

const isPlaylist = (src: string): boolean => /\.m3u8(\?|$)/.test(src);

/** True when this browser has Media Source Extensions, without which hls.js cannot work. */
const hasMediaSource = (): boolean =>
	'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;

/**
 * Begins to load. Whether the browser plays HLS itself is found out by letting it, not by its name;
 * `onlost` is called once when neither way works.
 */
export function openSource(element: HTMLMediaElement, wanted: Wanted, onlost: () => void): Source {
	const isHls = isPlaylist(wanted.src);
	const canScript = isHls && hasMediaSource();
	let isClosed = false;
	let isFetching = true;
	let patience: ReturnType<typeof setTimeout> | undefined;

	const lose = (): void => {
		clearTimeout(patience);
		if (!isClosed) onlost();
	};
	const useScript = (): void => {
		clearTimeout(patience);
		source?.close();
		source = null;
		import('./hls-source.ts').then(({ openWithScript }) => {
			if (isClosed) return;
			source = openWithScript(element, wanted, lose);
			source?.setFetching(isFetching);
		}, lose);
	};
	const useBrowser = (): Source =>
		openNative(element, wanted, {
			onloaded: () => clearTimeout(patience),
			onfail: (hadLoaded) => (hadLoaded || !canScript ? lose() : useScript())
		});

	let source: Source | null = null;
	if (isHls && element.canPlayType(HLS_TYPE) === '') useScript();
	else {
		source = useBrowser();
		if (canScript) patience = setTimeout(useScript, PATIENCE_MS);
	}
	return {
		setFetching(isOn) {
			isFetching = isOn;
			// Nothing can be found out about the browser while it may not load.
			if (!isOn) clearTimeout(patience);
			source?.setFetching(isOn);
		},
		close() {
			isClosed = true;
			clearTimeout(patience);
			source?.close();
		}
	};
}
