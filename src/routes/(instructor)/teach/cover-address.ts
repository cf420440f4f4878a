/** Where a course's cover is served. */
export const coverAddress = (coverKey: string | null): string | undefined =>
	coverKey === null ? undefined : `/media/${coverKey}`;
