/** What could not be sent yet, on this device: a page that is closed takes nothing with it. */
import type { MarksInput } from '#lib/domain/timeline.ts';

export type Held = {
	/** The revision it was made from. */
	base: number;
	marks: Omit<MarksInput, 'baseRevision'>;
};

const keyOf = (place: string): string => `marks/${place}`;

/** @param place keeps people and lessons apart on a device that several people use */
export function hold(place: string, held: Held): void {
	try {
		localStorage.setItem(keyOf(place), JSON.stringify(held));
	} catch {
		// A full or forbidden store: then the page itself is all there is, and asks before it closes.
	}
}

/** What this device still has; undefined when there is nothing, or nothing that can be read. */
export function held(place: string): Held | undefined {
	try {
		const found = JSON.parse(localStorage.getItem(keyOf(place)) ?? 'null') as Held | null;
		const isWhole = found && Number.isInteger(found.base) && Array.isArray(found.marks.steps);
		return isWhole ? found : undefined;
	} catch {
		return undefined;
	}
}

export function forget(place: string): void {
	try {
		localStorage.removeItem(keyOf(place));
	} catch {
		// Where nothing can be kept there is nothing to forget.
	}
}
