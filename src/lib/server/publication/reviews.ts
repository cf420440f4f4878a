/**
 * 聋人审校: somebody deaf who did not make the lesson looks at its signing and captions, says what
 * cannot be followed at which moment, and signs it off. What is signed off is exactly what was
 * seen: another video or another caption has to be looked at again.
 */
import { isReviewable } from '#lib/domain/gate.ts';
import { type CommentInput, MAX_COMMENTS, type Verdict } from '#lib/domain/reviews.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayReview } from '../access/policy.ts';
import * as courses from '../courses/courses.ts';
import * as lessons from '../courses/lessons.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as notifications from '../notifications/notifications.ts';
import * as publication from './publication.ts';
import * as queries from './reviews.queries.ts';

/** How many of her own decisions a reviewer is shown. */
const MAX_DECIDED = 20;

export type ReviewableLesson = Authorized<lessons.Lesson & { reviewId: string }, 'review'>;

const aboutOf = ({ id, title }: lessons.Lesson) => ({ subjectId: id, title });

/**
 * Asks for somebody to look at the lesson; asked twice, it is asked once.
 * @throws Invalid while something is missing that a reviewer need not see
 */
export async function ask(
	db: Database,
	lesson: lessons.EditableLesson,
	by: PersonActor
): Promise<void> {
	try {
		await db.transaction().execute(async (step) => {
			const facts = await publication.facts(step, lesson);
			if (facts.review === 'asked') return;
			if (!isReviewable(facts)) throw new Invalid({ '': 'not_reviewable' });
			const asked = { askedBy: by.id, askedAt: now() };
			await queries.addReview(step, { id: newId(), lessonId: lesson.id, ...asked });
			const reviewers = await queries.reviewersBesides(step, lesson.courseId);
			await notifications.tell(step, 'review_asked', aboutOf(lesson), reviewers);
		});
	} catch (error) {
		if (!isUniqueViolation(error)) throw error; // it is asked for already
	}
}

/** The instructor wants to change something first. */
export const takeBack = (db: Database, lesson: lessons.EditableLesson): Promise<void> =>
	db.transaction().execute((step) => queries.removeOpenReview(step, lesson.id));

/** The newest review and what was said in it, for the lesson's instructors. */
export async function latest(db: Database, lesson: lessons.EditableLesson) {
	const review = await queries.latestReview(db, lesson.id);
	return review && { ...review, comments: await queries.commentsOf(db, review.id) };
}

/** An instructor ticks a comment off, or takes the tick back. */
export async function setMended(
	db: Database,
	lesson: lessons.EditableLesson,
	commentId: string,
	isMended: boolean
): Promise<void> {
	const review = await queries.latestReview(db, lesson.id);
	if (review) await queries.setMended(db, review.id, commentId, isMended ? now() : null);
}

/** What waits for this reviewer, and what she has decided. */
export async function awaiting(db: Database, actor: Actor) {
	if (actor.type !== 'person' || !mayReview(actor, { instructorIds: [] })) throw new NotFound();
	const [open, decided] = await Promise.all([
		queries.openReviews(db, actor.id),
		queries.decidedBy(db, actor.id, MAX_DECIDED)
	]);
	return { open, decided };
}

/** @throws NotFound when nobody asked, or it is not this actor's to review */
export async function forReviewing(
	db: Database,
	actor: Actor,
	lessonId: string
): Promise<{ lesson: ReviewableLesson; by: PersonActor }> {
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forWatching(db, actor, lessonId);
	const instructorIds = await courses.instructorIdsOf(db, lesson.courseId);
	if (!mayReview(actor, { instructorIds })) throw new NotFound();
	const review = await queries.latestReview(db, lessonId);
	if (!review || review.decidedAt !== null) throw new NotFound();
	return { lesson: grant({ ...lesson, reviewId: review.id }, 'review'), by: actor };
}

/** What has been said so far, and the name of what is being looked at. */
export async function underWay(db: Database, lesson: ReviewableLesson) {
	const [comments, { contentDigest }] = await Promise.all([
		queries.commentsOf(db, lesson.reviewId),
		publication.facts(db, lesson)
	]);
	return { comments, seen: contentDigest };
}

/** @throws Invalid when there are more than anybody would mend */
export async function comment(
	db: Database,
	{ lesson, by }: { lesson: ReviewableLesson; by: PersonActor },
	{ at, about, text }: CommentInput
): Promise<void> {
	await db.transaction().execute(async (step) => {
		const known = await queries.commentsOf(step, lesson.reviewId);
		if (known.length >= MAX_COMMENTS)
			throw new Invalid({ '': { code: 'too_many_entries', values: { limit: MAX_COMMENTS } } });
		const written = { writtenBy: by.id, writtenAt: now() };
		const id = newId();
		await queries.addComment(step, {
			...{ id, reviewId: lesson.reviewId, atMs: at, about, text },
			...written
		});
	});
}

/** Takes a comment back, while the review is open. */
export const removeComment = (db: Database, lesson: ReviewableLesson, id: string) =>
	queries.removeComment(db, lesson.reviewId, id);

/**
 * Signs the lesson off, or sends it back.
 * @param seen what the reviewer's page showed (`underWay`)
 * @throws Conflict when the lesson changed meanwhile, or a colleague was faster
 * @throws Invalid when it is sent back without a word about why
 */
export async function decide(
	db: Database,
	{ lesson, by }: { lesson: ReviewableLesson; by: PersonActor },
	{ verdict, seen }: { verdict: Verdict; seen: string }
): Promise<void> {
	await db.transaction().execute(async (step) => {
		const { comments, seen: isThere } = await underWay(step, lesson);
		if (isThere !== seen) throw new Conflict('review_changed');
		if (verdict === 'changes_requested' && comments.length === 0)
			throw new Invalid({ '': 'review_without_comment' });
		const decided = { decidedBy: by.id, decidedAt: now(), verdict, contentDigest: seen };
		if (!(await queries.decide(step, lesson.reviewId, decided)))
			throw new Conflict('review_decided');
		const teaching = await courses.instructorIdsOf(step, lesson.courseId);
		await notifications.tell(step, 'review_decided', aboutOf(lesson), teaching);
	});
}
