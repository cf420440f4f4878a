/** A class at a glance: who is where, who waits, who has stopped. */
import {
	firstOpen,
	type GridCell,
	STANDINGS,
	type Standing,
	standingOf
} from '#lib/domain/class-grid.ts';
import { isDone, readNeeds } from '#lib/domain/completion.ts';
import { filmsOf } from '#lib/domain/versions.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { maySeeProgress } from '../access/policy.ts';
import * as classes from '../classes/classes.ts';
import * as courses from '../courses/courses.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import * as queries from './class-grid.queries.ts';

type Class = NonNullable<Awaited<ReturnType<typeof classes.named>>>;
export type SeenClass = Authorized<Class, 'see'>;

export const taughtBy = (db: Database, { id }: PersonActor) => queries.classesTaughtBy(db, id);

/**
 * Staff, whoever teaches the course, and whoever is named to teach this class.
 * @throws NotFound when it is not there, or not this actor's to see
 */
export async function forSeeing(db: Database, actor: Actor, classId: string): Promise<SeenClass> {
	const found = await classes.named(db, classId);
	if (!found) throw new NotFound();
	const teaching = await courses.instructorIdsOf(db, found.courseId);
	const instructorIds = [...teaching, ...found.instructors.map(({ id }) => id)];
	if (!maySeeProgress(actor, { instructorIds })) throw new NotFound();
	return grant(found, 'see');
}

export type Cell = GridCell & { lessonId: string; submissionId: string | null };
export type GridRow = {
	personId: string;
	displayName: string;
	cells: Cell[];
	standing: Standing;
	/** Number of the lesson that is open, from 0; -1: all is done. */
	firstOpen: number;
	/** The last trace in these lessons: a moment watched, or something handed in. */
	lastAt: string | null;
};

const hasTask = (content: string): boolean =>
	(JSON.parse(content) as { practice?: unknown }).practice !== undefined;
const keyOf = ({ personId, lessonId }: { personId: string; lessonId: string }): string =>
	`${personId} ${lessonId}`;

/** The lessons across, and the trainees, those first who need somebody. */
export async function of(db: Database, seen: SeenClass, at = now()) {
	const [lessons, trainees, watched, sent] = await Promise.all([
		queries.lessonsOf(db, seen),
		queries.traineesOf(db, seen.id),
		queries.progressOf(db, seen),
		queries.submissionsOf(db, seen)
	]);
	const watchedBy = new Map(watched.map((row) => [keyOf(row), row]));
	// The newest round of each comes last, and stays.
	const sentBy = new Map(sent.map((row) => [keyOf(row), row]));
	const columns = lessons.map(({ content, needs, demonstrationId, signId, ...lesson }) => ({
		...lesson,
		needs: readNeeds(needs),
		hasTask: hasTask(content),
		films: filmsOf({ demonstrationId, signId })
	}));

	const rows = trainees.map(({ id: personId, displayName, enrolledAt }): GridRow => {
		const traces: string[] = [];
		const cells = columns.map((lesson): Cell => {
			const key = keyOf({ personId, lessonId: lesson.id });
			const row = watchedBy.get(key);
			const work = sentBy.get(key);
			if (row) traces.push(row.lastAt);
			if (work?.sentAt) traces.push(work.sentAt);
			// What was watched of other videos than the class has now is not watched of these.
			const isOfThese = row && (row.films === null || row.films === lesson.films);
			const watchedMs = isOfThese ? row.watchedMs : 0;
			const state = work && work.state !== 'draft' ? work.state : 'none';
			const isWatched = (row?.watchedAt ?? null) !== null;
			// A newer version may ask for less than the one she had when she did the last of it.
			const isAllDone = isDone(lesson.needs, {
				isWatched,
				practised: JSON.parse(row?.practised ?? '[]') as string[],
				isPassed: state === 'passed'
			});
			return {
				lessonId: lesson.id,
				watchedShare: Math.min(1, watchedMs / lesson.durationMs),
				isWatched,
				isCompleted: (row?.completedAt ?? null) !== null || isAllDone,
				isTaskAsked: lesson.needs.task,
				task: lesson.hasTask || work ? state : null,
				submissionId: work?.id ?? null
			};
		});
		const lastAt = traces.sort().at(-1) ?? null;
		const standing = standingOf(cells, { lastAt, enrolledAt, now: at });
		return { personId, displayName, cells, standing, firstOpen: firstOpen(cells), lastAt };
	});
	const place = ({ standing }: GridRow): number => STANDINGS.indexOf(standing);
	// By name already; who has been away longest comes first among equals.
	const away = ({ lastAt }: GridRow): string => lastAt ?? '';
	rows.sort((a, b) => place(a) - place(b) || away(a).localeCompare(away(b)));
	return {
		lessons: columns.map(({ id, title, hasTask }) => ({ id, title, hasTask })),
		rows
	};
}
