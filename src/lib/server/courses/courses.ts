/** Courses and who teaches them. */
import { createHash } from 'node:crypto';
import type { CourseInput } from '#lib/domain/courses.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayCreateCourse, mayEditCourse, mayWatchLesson } from '../access/policy.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Invalid, NotAllowed, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { pictureOf } from '../pictures.ts';
import type { Storage } from '../storage/storage.ts';
import * as queries from './courses.queries.ts';
import * as lessons from './lessons.queries.ts';

export type Course = NonNullable<Awaited<ReturnType<typeof queries.courseById>>>;
export type EditableCourse = Authorized<Course, 'edit'>;

const COVER_WIDTH = 960;
const MIN_COVER_WIDTH = 320;

/**
 * @param id made beforehand by whoever may ask twice (a form pressed twice makes one course)
 * @returns the new course's id; its maker is its first instructor
 */
export async function create(
	db: Database,
	actor: Actor,
	input: CourseInput,
	id: string = newId()
): Promise<string> {
	if (actor.type !== 'person' || !mayCreateCourse(actor)) throw new NotAllowed();
	try {
		await db.transaction().execute(async (step) => {
			await queries.addCourse(step, { id, ...input, createdBy: actor.id, createdAt: now() });
			await queries.addInstructor(step, { courseId: id, personId: actor.id, addedAt: now() });
		});
	} catch (error) {
		if (!isUniqueViolation(error)) throw error;
		await forEditing(db, actor, id); // made by the first press; another's id is not told about
	}
	return id;
}

/** @throws NotFound when it is not there, or not this actor's to edit */
export async function forEditing(db: Database, actor: Actor, id: string): Promise<EditableCourse> {
	const course = await queries.courseById(db, id);
	if (!course || !mayEditCourse(actor, course)) throw new NotFound();
	return grant(course, 'edit');
}

export const taughtBy = (db: Database, actor: PersonActor) => queries.coursesTaughtBy(db, actor.id);

/** Every course with a published lesson that is not in the archive; staff open classes on them. */
export const published = (db: Database) => queries.publishedCourses(db);

/** Which levels the courses of somebody's classes prepare for. */
export const preparing = (db: Database, { id }: PersonActor) => queries.preparing(db, id);

export const change = (db: Database, course: EditableCourse, input: CourseInput): Promise<void> =>
	queries.changeCourse(db, course.id, input);

/** Puts a course away: classes that have begun go on, new ones cannot be opened. */
export const archive = (db: Database, course: EditableCourse): Promise<void> =>
	queries.setArchived(db, course.id, course.archivedAt ?? now());

/** Takes a course out of the archive again. */
export const unarchive = (db: Database, course: EditableCourse): Promise<void> =>
	queries.setArchived(db, course.id, null);

/**
 * Sets the cover from a picture as a phone makes it: turned upright, made small, and rid of
 * everything else in the file (the place it was taken at).
 * @throws Invalid when it is no picture or too small
 */
export async function setCover(
	db: Database,
	storage: Storage,
	course: EditableCourse,
	picture: Uint8Array
): Promise<void> {
	const key = await storeCover(storage, course.id, await coverFrom(picture));
	await queries.setCover(db, course.id, key);
	if (course.coverKey && course.coverKey !== key) await storage.remove(course.coverKey);
}

async function storeCover(storage: Storage, courseId: string, cover: Uint8Array): Promise<string> {
	const digest = createHash('sha256').update(cover).digest('hex').slice(0, 24);
	const key = `covers/${courseId}/${digest}.webp`;
	await storage.put(key, cover);
	return key;
}

/**
 * Stores a cover that was made by `setCover` somewhere else, byte for byte: making it anew would
 * blur it a little more each time. So it has to be exactly of that kind, and nothing beside it.
 * @returns its key, for a course that is not there yet
 * @throws Invalid when it is not such a picture
 */
export async function keepCover(
	storage: Storage,
	courseId: string,
	cover: Uint8Array
): Promise<string> {
	const image = pictureOf(cover);
	const kind = await image.metadata().catch(() => undefined);
	const bytes = Buffer.from(cover.buffer, cover.byteOffset, cover.byteLength);
	const isOurs =
		kind?.format === 'webp' &&
		Math.max(kind.width, kind.height) <= COVER_WIDTH &&
		(kind.pages ?? 1) === 1 &&
		!kind.exif &&
		!kind.xmp &&
		// The container ends where the file ends: nothing is hung behind the picture.
		bytes.readUInt32LE(4) + 8 === bytes.length;
	if (!isOurs) throw new Invalid({ cover: 'not_a_picture' });
	// The header may promise a picture that is not there.
	await image.stats().catch(() => {
		throw new Invalid({ cover: 'not_a_picture' });
	});
	return storeCover(storage, courseId, cover);
}

/**
 * The storage key of a course's cover, for those who teach it, run it or learn in it.
 * @throws NotFound for anybody else, and for a cover that was replaced
 */
export async function forCover(
	db: Database,
	actor: Actor,
	courseId: string,
	file: string
): Promise<string> {
	const course = await queries.courseById(db, courseId);
	const key = `covers/${courseId}/${file}`;
	if (course?.coverKey !== key || actor.type !== 'person') throw new NotFound();
	const isEnrolled = await lessons.isEnrolled(db, courseId, actor.id);
	if (!mayWatchLesson(actor, { ...course, isEnrolled, isPublished: true })) throw new NotFound();
	return key;
}

/**
 * For before a course is made: a picture that cannot be its cover leaves no course behind.
 * @throws Invalid as `setCover`
 */
export async function checkCover(picture: Uint8Array): Promise<void> {
	await coverFrom(picture);
}

/** An iPhone's own format. Its HEVC is patented, so sharp cannot read it; AVIF it can. */
const isHeic = (picture: Uint8Array): boolean =>
	/^ftyphe(ic|ix|im|is|vc|vx)/.test(Buffer.from(picture.subarray(4, 12)).toString('latin1'));

async function coverFrom(picture: Uint8Array): Promise<Buffer> {
	if (picture.length === 0) throw new Invalid({ cover: 'not_a_picture' });
	if (isHeic(picture)) throw new Invalid({ cover: 'picture_is_heic' });
	const image = pictureOf(picture);
	const kind = await image.metadata().catch(() => undefined);
	if (!kind || !['jpeg', 'png', 'webp', 'heif', 'avif'].includes(kind.format))
		throw new Invalid({ cover: 'not_a_picture' });
	if (Math.min(kind.width, kind.height) < MIN_COVER_WIDTH / 2 || kind.width < MIN_COVER_WIDTH)
		throw new Invalid({ cover: { code: 'picture_too_small', values: { limit: MIN_COVER_WIDTH } } });
	return image
		.rotate()
		.resize({ width: COVER_WIDTH, height: COVER_WIDTH, fit: 'inside', withoutEnlargement: true })
		.webp({ quality: 78 })
		.toBuffer()
		.catch(() => {
			throw new Invalid({ cover: 'not_a_picture' });
		});
}

/** Who teaches a course, by person id; for rules about who may do what. */
export const instructorIdsOf = (db: Database, courseId: string): Promise<string[]> =>
	queries.instructorIdsOf(db, courseId);
