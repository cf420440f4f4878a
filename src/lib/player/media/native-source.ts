/** What the browser plays by itself: a file, or HLS where it can. */
import { smallestOf } from './master.ts';
import type { Source, Wanted } from './source.ts';

type Told = {
	onloaded: () => void;
	/** It failed; `hadLoaded`: after it had begun well. */
	onfail: (hadLoaded: boolean) => void;
};

/**
 * There is no asking a browser politely to stop loading, so `setFetching(false)` empties the
 * element. Data is saved by giving it the smallest rung instead of the choice.
 */
export function openNative(
	element: HTMLMediaElement,
	{ src, steering }: Wanted,
	told: Told
): Source {
	let hasLoaded = false;
	let isFetching = true;
	let isClosed = false;

	const loaded = (): void => {
		hasLoaded = true;
		told.onloaded();
	};
	// Taking a source away is no failure of it.
	const fail = (): void => {
		if (isFetching && element.hasAttribute('src')) told.onfail(hasLoaded);
	};
	const empty = (): void => {
		element.removeAttribute('src');
		element.load();
	};
	const load = async (): Promise<void> => {
		const chosen = steering?.by.savesData ? await smallestOf(src) : src;
		if (isClosed || !isFetching) return;
		element.preload = 'auto';
		element.src = chosen;
	};

	element.addEventListener('error', fail);
	element.addEventListener('loadedmetadata', loaded);
	void load();
	return {
		setFetching(isOn) {
			if (isOn === isFetching) return;
			isFetching = isOn;
			if (isOn) void load();
			else empty();
		},
		close() {
			isClosed = true;
			element.removeEventListener('error', fail);
			element.removeEventListener('loadedmetadata', loaded);
			empty();
		}
	};
}
