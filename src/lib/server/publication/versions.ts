/**
 * Versions: what was published of a lesson, kept as it was. An instructor works on the draft;
 * trainees see the version their class has (decision 0019).
 */
import * as v from 'valibot';
import { needsOf } from '#lib/domain/completion.ts';
import { examplesOf } from '#lib/domain/practice.ts';
import { differencesBetween, filmsOf, PublishedContent } from '#lib/domain/versions.ts';
import type { Actor } from '../access/actor.ts';
import type { EditableLesson, WatchableLesson } from '../courses/lessons.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { draftOf } from './content.ts';
import * as queries from './versions.queries.ts';

export type Version = {
	id: string;
	number: number;
	publishedAt: string;
	publishedBy: string;
	content: PublishedContent;
	/** Names its videos (`filmsOf`). */
	films: string;
};

type Row = Omit<Version, 'content' | 'films'> & { content: string };

const read = (text: string): PublishedContent => v.parse(PublishedContent, JSON.parse(text));

function asVersion({ content, ...row }: Row): Version {
	const kept = read(content);
	return { ...row, content: kept, films: filmsIn(kept) };
}

const filmsIn = ({ demonstration, sign }: PublishedContent): string =>
	filmsOf({ demonstrationId: demonstration.id, signId: sign?.id ?? null });

/** The newest that may be seen; undefined before the first, and after a consent was taken back. */
export async function newest(db: Database, lessonId: string): Promise<Version | undefined> {
	const row = await queries.newestContent(db, lessonId);
	return row && asVersion(row);
}

/**
 * What this actor sees of a lesson as a trainee: the version of her class, for others the newest.
 * @returns undefined while it is not published: who may watch it then sees the draft
 */
export async function seenBy(
	db: Database,
	actor: Actor,
	lesson: WatchableLesson
): Promise<Version | undefined> {
	if (!lesson.isPublished) return undefined;
	const own =
		actor.type === 'person' ? await queries.contentOfClasses(db, lesson.id, actor.id) : undefined;
	const row = own ?? (await queries.newestContent(db, lesson.id));
	return row && asVersion(row);
}

/** @throws NotFound when there is no such version, or nobody may see it any more */
export async function byNumber(
	db: Database,
	lesson: { id: string },
	number: number
): Promise<Version> {
	const row = await queries.contentByNumber(db, lesson.id, number);
	if (!row) throw new NotFound();
	return asVersion(row);
}

/** The newest version's number, and what the draft has that it has not. */
export async function ofDraft(db: Database, lesson: EditableLesson) {
	const [draft, version] = await Promise.all([draftOf(db, lesson), newest(db, lesson.id)]);
	if (!version) return undefined;
	const { number, publishedAt, publishedBy, content } = version;
	return { number, publishedAt, publishedBy, differences: differencesBetween(content, draft) };
}

/** Every version, newest first, each with what it changed and whether its videos are still there. */
export async function history(db: Database, lesson: EditableLesson) {
	const [rows, films] = await Promise.all([
		queries.versionsOf(db, lesson.id),
		queries.filmsThere(db, lesson.id)
	]);
	const all = rows.map((row) => ({ ...row, content: read(row.content) }));
	return all.map(({ content, ...row }, index) => {
		const before = all[index + 1]?.content;
		const { demonstration, sign } = content;
		return {
			...row,
			differences: before ? differencesBetween(before, content) : [],
			isThere: films.has(demonstration.id) && (sign === undefined || films.has(sign.id))
		};
	});
}

/**
 * Makes a version of the draft, if it differs from the newest. Classes keep what they have; one
 * that has nothing of this lesson yet gets it. Call it in the transaction that publishes.
 * @throws Invalid when there is no video
 */
export async function add(
	db: Database,
	lesson: { id: string; courseId: string },
	by: { id: string; at: string; whatChanged: string }
): Promise<void> {
	const draft = await draftOf(db, lesson);
	const { demonstration, sign } = draft;
	if (!demonstration) throw new Invalid({ '': 'not_ready' });
	const before = await newest(db, lesson.id);
	if (before && differencesBetween(before.content, draft).length === 0)
		return await queries.giveToClasses(db, lesson, before.id, by.at);
	const id = newId();
	await queries.addVersion(db, {
		...{ id, lessonId: lesson.id, number: (await queries.highestNumber(db, lesson.id)) + 1 },
		...{ title: draft.title, teachingMode: draft.teachingMode },
		...{ durationMs: demonstration.durationMs, demonstration, sign },
		...{ content: JSON.stringify(draft), needs: JSON.stringify(needsOf(draft)) },
		...{ whatChanged: by.whatChanged, publishedBy: by.id, publishedAt: by.at }
	});
	await queries.addAttachments(db, id, [
		...(draft.attachments ?? []),
		...examplesOf(draft.practice)
	]);
	await queries.giveToClasses(db, lesson, id, by.at);
}

/** A class begins with the newest of each lesson. Call it in the transaction that opens it. */
export const giveNewest = (db: Database, classId: string, courseId: string): Promise<void> =>
	queries.giveNewest(db, { classId, courseId, at: now() });

/** Somebody in it no longer wants to be seen. Call it in the transaction that notes so. */
export const withholdAll = (db: Database, lessonId: string): Promise<void> =>
	queries.withholdAll(db, lessonId, now());

/**
 * What was published before there were versions becomes version 1, once; asked at every start.
 * Lessons whose video is not ready are left: trainees do not see them either.
 */
export async function adopt(db: Database): Promise<void> {
	for (const { publishedBy, publishedAt, ...lesson } of await queries.publishedWithoutVersion(db))
		try {
			await db.transaction().execute(async (step) => {
				await add(step, lesson, { id: publishedBy, at: publishedAt, whatChanged: '' });
				const version = await newest(step, lesson.id);
				if (version) await queries.setFilms(step, lesson.id, version.films);
			});
		} catch (error) {
			// Another process was faster, or there is nothing to see.
			if (!isUniqueViolation(error) && !(error instanceof Invalid)) throw error;
		}
}
