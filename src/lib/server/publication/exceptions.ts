/** What staff let through the gate although something is missing, and why: kept with who and when. */
import { type ExceptionTopic, needsBeforePublishing, topicOf } from '#lib/domain/gate.ts';
import type { Actor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayLetThrough } from '../access/policy.ts';
import * as lessons from '../courses/lessons.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as queries from './exceptions.queries.ts';
import * as gate from './gate.ts';
import { lessonsToWatchOver } from './gate.queries.ts';
import * as publication from './publication.ts';

const MAX_LISTED = 200;

export type ExceptableLesson = Authorized<lessons.Lesson, 'let through'>;

/** @throws NotFound when it is not there, or not this actor's to let through */
export async function forLettingThrough(
	db: Database,
	actor: Actor,
	id: string
): Promise<{ lesson: ExceptableLesson; by: string }> {
	if (!mayLetThrough(actor) || actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forWatching(db, actor, id);
	return { lesson: grant(lesson, 'let through'), by: actor.id };
}

/**
 * Lets a lesson through in one respect; a second time it changes nothing.
 * @throws Invalid when nothing of the kind is missing
 */
export async function allow(
	db: Database,
	{ lesson, by }: { lesson: ExceptableLesson; by: string },
	{ topic, reason }: { topic: ExceptionTopic; reason: string }
): Promise<void> {
	try {
		await db.transaction().execute(async (step) => {
			const needs = await publication.needs(step, lesson);
			const known = await queries.exceptionsOf(step, [lesson.id]);
			if (known.some((one) => one.topic === topic)) return;
			if (!needs.some((need) => topicOf(need) === topic))
				throw new Invalid({ '': 'exception_not_needed' });
			const id = newId();
			const allowed = { allowedBy: by, allowedAt: now() };
			await queries.addException(step, { id, lessonId: lesson.id, topic, reason, ...allowed });
		});
	} catch (error) {
		if (!isUniqueViolation(error)) throw error; // a colleague was as fast
	}
}

/** Takes an exception back; what is published stays so until it is withdrawn. */
export const revoke = (
	db: Database,
	{ lesson, by }: { lesson: ExceptableLesson; by: string },
	topic: ExceptionTopic
): Promise<void> => queries.revokeException(db, lesson.id, topic, by, now());

export const ofLesson = (db: Database, lessonId: string) => queries.exceptionsOf(db, [lessonId]);

/**
 * Lessons that are not public, with what they still need, and those that were let through: the
 * newest `MAX_LISTED`.
 * @throws NotFound when it is not this actor's to see
 */
export async function overview(db: Database, actor: Actor) {
	if (!mayLetThrough(actor)) throw new NotFound();
	const all = await lessonsToWatchOver(db, MAX_LISTED);
	const ids = all.map(({ id }) => id);
	const [facts, exceptions] = await Promise.all([
		gate.factsOf(db, ids),
		queries.exceptionsOf(db, ids)
	]);
	return all.flatMap((lesson) => {
		const known = facts.get(lesson.id);
		if (!known) return [];
		const needs = needsBeforePublishing(known);
		const its = exceptions.filter(({ lessonId }) => lessonId === lesson.id);
		const { teachingMode, isPublished } = known;
		return [{ ...lesson, teachingMode, isPublished, needs, exceptions: its }];
	});
}
