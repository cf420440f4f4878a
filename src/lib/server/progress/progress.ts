/** What a trainee has really watched. */
import { readNeeds } from '#lib/domain/completion.ts';
import { isComplete, type Range, union, watchedMs, within } from '#lib/domain/ranges.ts';
import { filmsOf } from '#lib/domain/versions.ts';
import { MAX_PRACTISED, type WatchedEvent } from '#lib/domain/watching.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { mayRecordProgress } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import { completeWhenDone } from './completing.ts';
import * as queries from './progress.queries.ts';

const TRIES = 5;
/** Nobody jumps about so much in two hours; whoever invents gaps would have us unite them for ever. */
const MAX_KEPT_RANGES = 2000;

/**
 * Adds what was watched. Sent twice, late, out of order or by two devices at once, the outcome is
 * the same: ranges and steps are united, and the newest position wins.
 * @throws NotFound when it is no published lesson of a class of this actor's
 */
export async function record(
	db: Database,
	actor: Actor,
	lessonId: string,
	event: WatchedEvent
): Promise<{ watchedMs: number; isWatched: boolean; isCompleted: boolean }> {
	if (actor.type !== 'person') throw new NotFound();
	const versionNumber = event.version ?? null;
	const facts = await queries.recordingFacts(db, { lessonId, personId: actor.id, versionNumber });
	const isAllowed =
		facts !== undefined &&
		facts.durationMs !== null &&
		mayRecordProgress(actor, {
			isPublished: facts.publicationId !== null,
			isEnrolled: facts.enrolmentId !== null
		});
	if (!isAllowed || facts.durationMs === null || facts.demonstrationId === null)
		throw new NotFound();
	const { durationMs, demonstrationId, signId } = facts;
	const of = {
		durationMs,
		films: filmsOf({ demonstrationId, signId }),
		watchedShare: readNeeds(facts.needs ?? '{}').watchedPercent / 100,
		isSeenNow: facts.versionNumber === facts.seenNumber
	};

	// Compare and set instead of a transaction: nothing else has to wait, and two devices cannot
	// overwrite each other.
	for (let attempt = 0; attempt < TRIES; attempt++) {
		const before = await queries.progressRow(db, { lessonId, personId: actor.id });
		const after = merge(before, event, of);
		const isWritten = before
			? await queries.updateProgress(db, { ...after, lessonId, personId: actor.id })
			: await queries.insertProgress(db, { ...after, lessonId, personId: actor.id });
		if (!isWritten) continue;
		const isWatched = after.watchedAt !== null;
		// Not only in the moment when enough was watched: a crash right after it must not cost it.
		const isCompleted =
			(before?.completedAt ?? null) !== null ||
			(isWatched && (await completeWhenDone(db, actor.id, lessonId)));
		return { watchedMs: after.watchedMs, isWatched, isCompleted };
	}
	throw new Conflict('stale');
}

/** A step was done at her own bench, and she says so; where the video stands is not touched. */
export async function practise(db: Database, actor: Actor, lessonId: string, stepId: string) {
	const { id: personId } = actor.type === 'person' ? actor : { id: '' };
	const before = await queries.progressRow(db, { lessonId, personId });
	return record(db, actor, lessonId, {
		...{ ranges: [], practised: [stepId], positionMs: 0 },
		// Older than anything: every position that was told of wins.
		positionAt: before ? new Date(0).toISOString() : now()
	});
}

type Row = NonNullable<Awaited<ReturnType<typeof queries.progressRow>>>;

type Watched = {
	durationMs: number;
	/** Names the videos it was watched of. */
	films: string;
	/** How much of it is to be watched. */
	watchedShare: number;
	/** Whether her class sees them now, and not others by now. */
	isSeenNow: boolean;
};

function merge(known: Row | undefined, event: WatchedEvent, of: Watched) {
	const isOfOthers = known !== undefined && known.films !== null && known.films !== of.films;
	// Late, of videos that she has begun to watch anew in another version: that does not count twice.
	const practised = practisedIn(known, event);
	if (isOfOthers && !of.isSeenNow) return { ...known, practised, revision: known.revision + 1 };
	// Of other videos than these nothing has been watched yet. What was enough stays enough.
	const before = isOfOthers ? { ...known, watchedRanges: '[]', positionAt: '' } : known;
	const { durationMs } = of;
	const ranges = within(
		union(before ? parseRanges(before.watchedRanges) : [], event.ranges),
		durationMs
	);
	if (ranges.length > MAX_KEPT_RANGES) throw new Invalid({ ranges: 'too_long' });
	// A phone's clock may run ahead: a position from the future must not win for ever.
	const at = now();
	const positionAt = event.positionAt < at ? event.positionAt : at;
	const isNewer = !before || positionAt >= before.positionAt;
	return {
		watchedRanges: JSON.stringify(ranges),
		watchedMs: watchedMs(ranges),
		positionMs: isNewer ? Math.min(event.positionMs, durationMs) : before.positionMs,
		positionAt: isNewer ? positionAt : before.positionAt,
		revision: (before?.revision ?? 0) + 1,
		watchedAt: before?.watchedAt ?? (isComplete(ranges, durationMs, of.watchedShare) ? at : null),
		practised,
		films: of.films
	};
}

/** United and sorted, so that the order in which messages come does not matter. */
function practisedIn(known: Row | undefined, { practised = [] }: WatchedEvent): string {
	const all = new Set([...(JSON.parse(known?.practised ?? '[]') as string[]), ...practised]);
	return JSON.stringify([...all].sort().slice(0, MAX_PRACTISED));
}

const parseRanges = (text: string): Range[] => JSON.parse(text) as Range[];

/**
 * Where this person stands in a lesson, for resuming on any device.
 * @param films what she sees now (`filmsOf`): of other videos nothing has been watched yet, but a
 *   lesson completed stays completed
 */
export async function inLesson(db: Database, actor: Actor, lessonId: string, films?: string) {
	const row =
		actor.type === 'person'
			? await queries.progressRow(db, { lessonId, personId: actor.id })
			: undefined;
	const isOfOthers =
		films !== undefined && row != null && row.films !== null && row.films !== films;
	const kept = {
		practised: JSON.parse(row?.practised ?? '[]') as string[],
		isWatched: row?.watchedAt != null,
		isCompleted: row?.completedAt != null
	};
	if (!row || isOfOthers) return { ranges: [], watchedMs: 0, positionMs: 0, ...kept };
	const { watchedMs, positionMs } = row;
	return { ranges: parseRanges(row.watchedRanges), watchedMs, positionMs, ...kept };
}

/** A trainee's road: each course of his with its published lessons and how far he has come. */
export async function road(db: Database, actor: PersonActor) {
	const [courses, lessons] = await Promise.all([
		queries.coursesOf(db, actor.id),
		queries.lessonsOf(db, actor.id)
	]);
	// A newer version may ask for less than the one she had when she did the last of it.
	for (const lesson of lessons)
		if (
			!lesson.isCompleted &&
			lesson.isWatched &&
			lesson.practisedCount === lesson.needs.stepIds.length
		)
			lesson.isCompleted = await completeWhenDone(db, actor.id, lesson.id);
	return courses.map((course) => ({
		...course,
		lessons: lessons.filter((lesson) => lesson.courseId === course.id)
	}));
}
