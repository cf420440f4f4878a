import type { TrackState } from '#lib/domain/lessons.ts';

/** What can be seen already of a video that is being made. */
export type Look = {
	trackId: string;
	durationMs: number;
	width: number;
	height: number;
	src: string;
};
export type TrackNews = { id: string; state: TrackState; progressPermille: number; look?: Look };

const INTERVAL_MS = 1000;
/** Nobody looks, or nobody answers. */
const SLOW_INTERVAL_MS = 15_000;

/**
 * Asks how far the tracks are, every second while somebody looks. A hidden page asks seldom; one
 * that comes back, or online, asks at once.
 * @returns stops asking
 */
export function followTracks<News = TrackNews>(
	address: string,
	ontell: (news: News[]) => void
): () => void {
	const stopping = new AbortController();
	let timer: ReturnType<typeof setTimeout>;

	const ask = async () => {
		clearTimeout(timer);
		const isTold = await tell(address, ontell, stopping.signal);
		if (stopping.signal.aborted) return;
		const isSlow = !isTold || document.hidden;
		timer = setTimeout(ask, isSlow ? SLOW_INTERVAL_MS : INTERVAL_MS);
	};
	const wake = () => {
		if (!document.hidden) void ask();
	};
	document.addEventListener('visibilitychange', wake, { signal: stopping.signal });
	window.addEventListener('online', wake, { signal: stopping.signal });
	timer = setTimeout(ask, INTERVAL_MS);

	return () => {
		clearTimeout(timer);
		stopping.abort();
	};
}

async function tell<News>(
	address: string,
	ontell: (news: News[]) => void,
	signal: AbortSignal
): Promise<boolean> {
	try {
		const response = await fetch(address, { signal, headers: { accept: 'application/json' } });
		if (!response.ok) return false;
		ontell((await response.json()) as News[]);
		return true;
	} catch {
		return false; // offline, or the server is restarting: asked again later
	}
}
