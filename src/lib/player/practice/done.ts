/** Which steps of a lesson were done on this device, until the page says that the server knows. */

const keyOf = (lesson: string): string => `practised:${lesson}`;

/** @returns ids in the order in which they were done, each once; none when storage is refused */
export function doneSteps(lesson: string): string[] {
	try {
		const stored: unknown = JSON.parse(localStorage.getItem(keyOf(lesson)) ?? '[]');
		return Array.isArray(stored)
			? [...new Set(stored.filter((id): id is string => typeof id === 'string'))]
			: [];
	} catch {
		return [];
	}
}

function keep(lesson: string, ids: string[]): string[] {
	try {
		if (ids.length > 0) localStorage.setItem(keyOf(lesson), JSON.stringify(ids));
		else localStorage.removeItem(keyOf(lesson));
	} catch {
		// Full or forbidden: what was done then lasts as long as the page.
	}
	return ids;
}

/** Adds a step; doing it again changes nothing. */
export function markDone(lesson: string, stepId: string): string[] {
	const ids = doneSteps(lesson);
	return ids.includes(stepId) ? ids : keep(lesson, [...ids, stepId]);
}

/** The server knows of these: they need not be kept here any longer. */
export function forgetDone(lesson: string, stepIds: readonly string[]): string[] {
	return keep(
		lesson,
		doneSteps(lesson).filter((id) => !stepIds.includes(id))
	);
}
