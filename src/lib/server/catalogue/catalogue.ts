/**
 * The public list of courses: those that somebody put into it, while trainees can learn from them.
 * It is asked anew at every look, and says nothing about people.
 */
import type { Actor } from '../access/actor.ts';
import { mayEditCourse, mayListCourse } from '../access/policy.ts';
import * as courses from '../courses/courses.ts';
import type { Database } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import * as versions from '../publication/versions.ts';
import * as queries from './catalogue.queries.ts';

/** For everybody; each with what is published of it. */
export const listed = async (db: Database) => withLessons(db, await queries.courses(db));

/** Each with its published lessons, in their order. */
async function withLessons<Course extends { id: string }>(db: Database, found: Course[]) {
	const newest = await queries.newestVersions(
		db,
		found.map(({ id }) => id)
	);
	const lessons = await Promise.all(
		newest.map(async ({ id, lessonId, courseId }) => ({
			...{ courseId, lesson: knownFacts.get(id) ?? (await lessonOf(db, lessonId)) }
		}))
	);
	return found.map((course) => ({
		...course,
		lessons: lessons.flatMap(({ courseId, lesson }) =>
			courseId === course.id && lesson ? [lesson] : []
		)
	}));
}

/** Every course that is or could be in the catalogue. @throws NotFound for all but staff */
export async function listable(db: Database, actor: Actor) {
	if (!mayListCourse(actor)) throw new NotFound();
	return queries.courses(db, true);
}

/** Whether a course is in the catalogue now, and whether it could be. */
export async function stateOf(db: Database, courseId: string) {
	const found = (await queries.courses(db, true)).find(({ id }) => id === courseId);
	return { isListed: found !== undefined && found.listedAt !== null, isListable: !!found };
}

/** A course of the catalogue with its published lessons. @throws NotFound when it is not in it */
export async function course(db: Database, courseId: string) {
	const all = await queries.courses(db);
	const [found] = await withLessons(
		db,
		all.filter(({ id }) => id === courseId)
	);
	if (!found) throw new NotFound();
	return found;
}

/**
 * What is said of a version, which never changes: its content holds all captions, too much to be
 * read anew for a whole list at every look.
 */
const knownFacts = new Map<string, PublicLesson>();
const MAX_KNOWN = 5000;
type PublicLesson = ReturnType<typeof factsOf>;

/** Of the version that is published, not of the draft; with what makes it accessible. */
async function lessonOf(db: Database, id: string): Promise<PublicLesson | undefined> {
	const version = await versions.newest(db, id);
	if (!version) return undefined;
	const facts = factsOf(id, version);
	if (knownFacts.size >= MAX_KNOWN) knownFacts.clear();
	knownFacts.set(version.id, facts);
	return facts;
}

function factsOf(id: string, version: versions.Version) {
	const { title, summary, teachingMode, demonstration, sign, captions } = version.content;
	return {
		...{ id, title, summary, teachingMode, publishedAt: version.publishedAt },
		durationMs: demonstration.durationMs,
		hasSound: demonstration.hasSound,
		isSigned: teachingMode === 'signed_at_source' || sign !== undefined,
		captionLanguages: captions.filter(({ tier }) => tier === 'full').map(({ language }) => language)
	};
}

/** The storage key of a listed course's cover. @throws NotFound for any other */
export async function coverOf(db: Database, courseId: string, file: string): Promise<string> {
	const { coverKey } = await course(db, courseId);
	if (coverKey === null || coverKey !== `covers/${courseId}/${file}`) throw new NotFound();
	return coverKey;
}

/**
 * Puts a course into the catalogue, or takes it out; a second time nothing changes.
 * @throws NotFound when it is neither this actor's to edit nor is this staff
 * @throws Invalid when it has no published lesson or is in the archive
 */
export async function list(
	db: Database,
	actor: Actor,
	courseId: string,
	isListed: boolean
): Promise<void> {
	const instructorIds = await courses.instructorIdsOf(db, courseId);
	const mayList = mayListCourse(actor) || mayEditCourse(actor, { instructorIds });
	if (instructorIds.length === 0 || !mayList) throw new NotFound();
	if (isListed && !(await stateOf(db, courseId)).isListable)
		throw new Invalid({ '': 'not_listable' });
	await queries.setListed(db, courseId, isListed ? now() : null);
}
