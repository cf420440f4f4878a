/** All that may be asked for later, fetched once play has settled: it then works without a network. */
import { PARTS } from './later.ts';

const ALL = [
	...Object.values(PARTS),
	// Of these the first script knows nothing.
	() => import('./stage/PlaceMenu.svelte'),
	() => import('./stage/ShareMenu.svelte')
];

/** All together are smaller than a second of video. */
export async function fetchAhead(): Promise<void> {
	for (const fetchPart of ALL) {
		await new Promise<void>((idle) =>
			'requestIdleCallback' in window ? requestIdleCallback(() => idle()) : setTimeout(idle)
		);
		// Not reached: it is asked for again when somebody wants it.
		await fetchPart().catch(() => undefined);
	}
}
