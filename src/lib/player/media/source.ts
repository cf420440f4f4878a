/** Gives an element its media: as the browser plays it itself, or through hls.js where it cannot. */

export type Source = { close(): void };

const HLS_TYPE = 'application/vnd.apple.mpegurl';
/** Some builds say "maybe" to HLS and then do nothing: this long without metadata means no. */
const PATIENCE_MS = 6000;

const isPlaylist = (src: string): boolean => /\.m3u8(\?|$)/.test(src);

/** True when this browser has Media Source Extensions, without which hls.js cannot work. */
const hasMediaSource = (): boolean =>
	'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;

/**
 * Loads hls.js, its light build, only now: it is twice the size of everything else on the page.
 * It retries network errors by itself; what it calls fatal after that is passed on.
 */
async function openWithScript(
	element: HTMLMediaElement,
	src: string,
	onlost: () => void,
	isClosed: () => boolean
): Promise<Source | null> {
	const { default: Hls } = await import('hls.js/light');
	if (isClosed()) return null;
	if (!Hls.isSupported()) {
		onlost();
		return null;
	}
	const hls = new Hls({ maxBufferLength: 30, backBufferLength: 30 });
	let hasRecovered = false;
	hls.on(Hls.Events.ERROR, (_event, { fatal, type }) => {
		if (!fatal) return;
		if (type === Hls.ErrorTypes.MEDIA_ERROR && !hasRecovered) {
			hasRecovered = true;
			hls.recoverMediaError();
		} else onlost();
	});
	hls.loadSource(src);
	hls.attachMedia(element);
	return { close: () => hls.destroy() };
}

/**
 * Begins to load `src`. Whether the browser plays HLS itself is found out by letting it, not by its
 * name; `onlost` is called once when neither way works.
 */
export function openSource(element: HTMLMediaElement, src: string, onlost: () => void): Source {
	let isClosed = false;
	let script: Source | null = null;
	let patience: ReturnType<typeof setTimeout> | undefined;
	let hasMetadata = false;

	const lose = (): void => {
		if (!isClosed) onlost();
	};
	const useScript = (): void => {
		clearTimeout(patience);
		element.removeEventListener('error', fail);
		element.removeAttribute('src');
		openWithScript(element, src, lose, () => isClosed).then((opened) => (script = opened), lose);
	};
	const fail = (): void => {
		if (!hasMetadata && isPlaylist(src) && hasMediaSource()) useScript();
		else lose();
	};
	const loaded = (): void => {
		hasMetadata = true;
		clearTimeout(patience);
	};

	if (isPlaylist(src) && element.canPlayType(HLS_TYPE) === '') useScript();
	else {
		element.addEventListener('error', fail);
		element.addEventListener('loadedmetadata', loaded, { once: true });
		element.preload = 'auto';
		element.src = src;
		if (isPlaylist(src) && hasMediaSource())
			patience = setTimeout(() => !hasMetadata && useScript(), PATIENCE_MS);
	}
	return {
		close() {
			isClosed = true;
			clearTimeout(patience);
			element.removeEventListener('error', fail);
			element.removeEventListener('loadedmetadata', loaded);
			script?.close();
			element.removeAttribute('src');
			element.load();
		}
	};
}
