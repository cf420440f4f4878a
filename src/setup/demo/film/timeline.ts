/**
 * When everything happens, in seconds: the one clock of the demonstration, the sign track, the
 * sound and (by hand) the captions. Both films must be equally long and change steps together.
 */
export const framesPerSecond = 30;
export const filmSeconds = 40;
export const signedAtSourceSeconds = 22;

export type Step = { number: number; startsAt: number; endsAt: number; zh: string; en: string };

export const steps: readonly Step[] = [
	{ number: 1, startsAt: 3, endsAt: 12, zh: '和面', en: 'Dough' },
	{ number: 2, startsAt: 12, endsAt: 21, zh: '包馅', en: 'Filling' },
	{ number: 3, startsAt: 21, endsAt: 30, zh: '脱模', en: 'Mould' },
	{ number: 4, startsAt: 30, endsAt: filmSeconds, zh: '烘烤', en: 'Baking' }
];

/** Where the oven rings; the caption [烤箱提示音] stands at the same time. */
export const ovenRingsAt = 36.2;
/** Where the mould knocks on the table to let the cake go. */
export const mouldKnocksAt = [26.45, 26.85, 27.25] as const;

export function stepAt(time: number, of: readonly Step[] = steps): Step | undefined {
	return of.findLast((step) => time >= step.startsAt);
}
