/** Parts that many never use: each is fetched when it is asked for, or ahead (ahead.ts). */
export const PARTS = {
	panel: () => import('./parts/Panel.svelte'),
	shortcuts: () => import('./parts/Shortcuts.svelte'),
	end: () => import('./parts/End.svelte'),
	alert: () => import('./captions/Alert.svelte'),
	glossary: () => import('./captions/Glossary.svelte'),
	over: () => import('./captions/Over.svelte'),
	practice: () => import('./practice/Practice.svelte'),
	timers: () => import('./practice/timers.svelte.ts'),
	timersView: () => import('./practice/Timers.svelte'),
	thumbnails: () => import('./media/thumbnails.ts'),
	turns: () => import('./pacing/turns.ts'),
	handle: () => import('./stage/Handle.svelte'),
	border: () => import('./stage/Border.svelte'),
	zoomTools: () => import('./stage/ZoomTools.svelte')
};
