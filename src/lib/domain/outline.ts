/** How a course is laid out: units (单元) with their lessons, in order. */
import * as v from 'valibot';
import { id, line, MAX_TITLE, oneOf } from './fields.ts';

export const MAX_UNITS = 60;
export const MAX_LESSONS = 500;

/** Lessons in order; `unitId` is null for those that stand before the first unit. */
export type Section = { unitId: string | null; lessonIds: string[] };

/** A section without a unit first (it may be empty), then a section for each unit. */
export type Outline = Section[];

export const UnitForm = v.object({ title: line(MAX_TITLE) });
export const UnitIdForm = v.object({ unitId: id });
export const RenameForm = v.object({ ...UnitIdForm.entries, ...UnitForm.entries });
export const MoveForm = v.object({ lessonId: id, direction: oneOf(['up', 'down']) });

/** The whole layout, as dragging leaves it: JSON in one field. */
export const OutlineForm = v.object({
	outline: v.pipe(
		v.string('stale'),
		v.maxLength(60_000, 'stale'),
		v.rawTransform(({ dataset, addIssue, NEVER }) => {
			try {
				return JSON.parse(dataset.value) as unknown;
			} catch {
				addIssue({ message: 'stale' });
				return NEVER;
			}
		}),
		v.pipe(
			v.array(
				v.object({
					unitId: v.nullable(id),
					lessonIds: v.pipe(v.array(id), v.maxLength(MAX_LESSONS, 'stale'))
				}),
				'stale'
			),
			v.maxLength(MAX_UNITS + 1, 'stale')
		)
	)
});

/**
 * Moves a lesson one place; over the edge of its unit it goes into the neighbouring one. At either
 * end of the course, or for a lesson that is not there, nothing changes.
 */
export function moved(outline: Outline, lessonId: string, direction: 'up' | 'down'): Outline {
	const at = outline.findIndex(({ lessonIds }) => lessonIds.includes(lessonId));
	const here = outline[at];
	if (!here) return outline;
	const from = here.lessonIds.indexOf(lessonId);
	const to = direction === 'up' ? from - 1 : from + 1;
	if (to >= 0 && to < here.lessonIds.length) {
		const lessonIds = here.lessonIds.toSpliced(from, 1).toSpliced(to, 0, lessonId);
		return outline.with(at, { ...here, lessonIds });
	}
	const beside = direction === 'up' ? at - 1 : at + 1;
	const there = outline[beside];
	if (!there) return outline;
	const lessonIds =
		direction === 'up' ? [...there.lessonIds, lessonId] : [lessonId, ...there.lessonIds];
	return outline
		.with(at, { ...here, lessonIds: here.lessonIds.toSpliced(from, 1) })
		.with(beside, { ...there, lessonIds });
}

/** Moves a unit with all its lessons one place; the first and the last stay inside the course. */
export function unitMoved(outline: Outline, unitId: string, direction: 'up' | 'down'): Outline {
	const from = outline.findIndex((section) => section.unitId === unitId);
	const to = direction === 'up' ? from - 1 : from + 1;
	const section = outline[from];
	if (!section || to < 1 || to >= outline.length) return outline;
	return outline.toSpliced(from, 1).toSpliced(to, 0, section);
}

/** Without one unit; its lessons stand at the end of what was before it. */
export function unitRemoved(outline: Outline, unitId: string): Outline {
	const at = outline.findIndex((section) => section.unitId === unitId);
	const [gone, before] = [outline[at], outline[at - 1]];
	if (!gone || !before) return outline;
	const lessonIds = [...before.lessonIds, ...gone.lessonIds];
	return outline.with(at - 1, { ...before, lessonIds }).toSpliced(at, 1);
}

/** Whether both hold the same units and lessons, wherever they stand. */
export function isSameContent(one: Outline, other: Outline): boolean {
	const names = (outline: Outline) =>
		outline
			.flatMap(({ unitId, lessonIds }) => [`unit ${unitId}`, ...lessonIds])
			.sort()
			.join();
	return one[0]?.unitId === null && other[0]?.unitId === null && names(one) === names(other);
}
