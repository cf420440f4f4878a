/** Where everybody finds the cover of a listed course. */
export const publicCover = (courseId: string, coverKey: string | null): string | undefined =>
	coverKey === null ? undefined : `/courses/${courseId}/cover/${coverKey.split('/').at(-1)}`;
