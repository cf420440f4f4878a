/** Parts that many never use: each is fetched when it is asked for, or ahead, once play has settled. */
export const PARTS = {
	panel: () => import('./parts/Panel.svelte'),
	shortcuts: () => import('./parts/Shortcuts.svelte'),
	glossary: () => import('./captions/Glossary.svelte'),
	over: () => import('./captions/Over.svelte'),
	practice: () => import('./practice/Practice.svelte'),
	timers: () => import('./practice/timers.svelte.ts'),
	timersView: () => import('./practice/Timers.svelte'),
	thumbnails: () => import('./media/thumbnails.ts'),
	turns: () => import('./pacing/turns.ts'),
	handle: () => import('./stage/Handle.svelte'),
	border: () => import('./stage/Border.svelte'),
	placeMenu: () => import('./stage/PlaceMenu.svelte'),
	shareMenu: () => import('./stage/ShareMenu.svelte'),
	zoomTools: () => import('./stage/ZoomTools.svelte')
};

/** All together are smaller than a second of video, and what is there works without a network. */
export async function fetchAhead(): Promise<void> {
	for (const fetchPart of Object.values(PARTS)) {
		await new Promise<void>((idle) =>
			'requestIdleCallback' in window ? requestIdleCallback(() => idle()) : setTimeout(idle)
		);
		// Not reached: it is asked for again when somebody wants it.
		await fetchPart().catch(() => undefined);
	}
}
