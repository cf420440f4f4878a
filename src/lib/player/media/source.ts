/**
 * Gives an element its media. HLS goes through hls.js where two streams may have to share a thin
 * line; as the browser plays it where the line is good or nothing else works
 * (docs/decisions/0013-steered-where-the-line-is-thin.md).
 */
import { isLineGood } from './line.ts';
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
	steering?: { id: PictureId; by: Pick<Steering, 'add' | 'loaded' | 'look' | 'savesData'> };
};

const HLS_TYPE = 'application/vnd.apple.mpegurl';
/** Some builds say "maybe" to HLS and then do nothing: this long without metadata means no. */
const PATIENCE_MS = 6000;

const isPlaylist = (src: string): boolean => /\.m3u8(\?|$)/.test(src);

/** With this hls.js works well; with the managed kind alone (iPhones) only where nothing else does. */
const hasMediaSource = (): boolean => 'MediaSource' in globalThis;
const canScript = (): boolean => hasMediaSource() || 'ManagedMediaSource' in globalThis;

function isSteered(element: HTMLMediaElement, { steering }: Wanted): boolean {
	if (element.canPlayType(HLS_TYPE) === '') return true;
	return hasMediaSource() && !!steering && !isLineGood();
}

/**
 * Begins to load. Whether a browser really plays what it says it does is found out by letting it;
 * `onlost` is called once when no way works.
 */
export function openSource(element: HTMLMediaElement, wanted: Wanted, onlost: () => void): Source {
	const isHls = isPlaylist(wanted.src);
	let source: Source | null = null;
	let isClosed = false;
	let isFetching = true;
	let patience: ReturnType<typeof setTimeout> | undefined;

	const lose = (): void => {
		clearTimeout(patience);
		if (!isClosed) onlost();
	};
	const use = (opened: Source | null): void => {
		source = opened;
		source?.setFetching(isFetching);
	};
	/** `otherwise`: what to do when even the script cannot be fetched. */
	const useScript = (otherwise: () => void): void => {
		clearTimeout(patience);
		source?.close();
		source = null;
		import('./hls-source.ts').then(
			({ openWithScript }) => !isClosed && use(openWithScript(element, wanted, lose)),
			() => !isClosed && otherwise()
		);
	};
	const useBrowser = (isLast: boolean): void => {
		const mayChange = isHls && !isLast && canScript();
		use(
			openNative(element, wanted, {
				onloaded: () => clearTimeout(patience),
				onfail: (hadLoaded) => (hadLoaded || !mayChange ? lose() : useScript(lose))
			})
		);
		if (mayChange) patience = setTimeout(() => useScript(lose), PATIENCE_MS);
	};

	if (isHls && isSteered(element, wanted)) useScript(() => useBrowser(true));
	else useBrowser(false);
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
