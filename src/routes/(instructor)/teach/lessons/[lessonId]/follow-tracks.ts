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

/** Asking goes on until `stop`; `ask` asks at once. */
export type Following = { ask(): void; stop(): void };

/**
 * Asks how far something is, every second while somebody looks. A hidden page asks seldom, as does
 * one that expects no news; one that comes back, or online, asks at once.
 * @param address asked for anew each time
 * @param isQuiet nothing moves
 */
export function follow<Answer>(
	address: () => string,
	ontell: (answer: Answer) => void,
	isQuiet: () => boolean = () => false
): Following {
	const stopping = new AbortController();
	let timer: ReturnType<typeof setTimeout>;

	const ask = async () => {
		clearTimeout(timer);
		const isTold = await tell(address(), ontell, stopping.signal);
		if (stopping.signal.aborted) return;
		// Asked again in the meantime: one round is enough.
		clearTimeout(timer);
		const isSlow = !isTold || document.hidden || isQuiet();
		timer = setTimeout(ask, isSlow ? SLOW_INTERVAL_MS : INTERVAL_MS);
	};
	const wake = () => {
		if (!document.hidden) void ask();
	};
	document.addEventListener('visibilitychange', wake, { signal: stopping.signal });
	window.addEventListener('online', wake, { signal: stopping.signal });
	timer = setTimeout(ask, INTERVAL_MS);

	return {
		ask: () => void ask(),
		stop: () => {
			clearTimeout(timer);
			stopping.abort();
		}
	};
}

/**
 * Asks how far the tracks are.
 * @returns stops asking
 */
export const followTracks = <News = TrackNews>(
	address: string,
	ontell: (news: News[]) => void
): (() => void) => follow<News[]>(() => address, ontell).stop;

async function tell<Answer>(
	address: string,
	ontell: (answer: Answer) => void,
	signal: AbortSignal
): Promise<boolean> {
	try {
		const response = await fetch(address, { signal, headers: { accept: 'application/json' } });
		if (!response.ok) return false;
		ontell((await response.json()) as Answer);
		return true;
	} catch {
		return false; // offline, or the server is restarting: asked again later
	}
}
