/** The words of a course one by one, and the films of their signs as they arrive. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_CLIP_BYTES, TermForm } from '#lib/domain/glossary.ts';
import * as courses from '#lib/server/courses/courses.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { read } from '#lib/server/input.ts';
import { cleanUp } from '#lib/server/media/clean-up.ts';
import * as clips from '#lib/server/media/clips.ts';
import * as glossary from '#lib/server/media/glossary.ts';
import * as storageUse from '#lib/server/media/storage-use.ts';
import * as terms from '#lib/server/media/terms.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { ffmpegTranscoder } from '#lib/server/transcoding/ffmpeg/transcoder.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as films from '../support/films.ts';
import { inFolder } from '../support/folders.ts';
import * as made from '../support/people.ts';

const DAY_MS = 24 * 60 * 60_000;
const folder = inFolder();
const word = (term: string, variants: string[] = []) => ({ term, variants, explanation: '' });

onBothDatabases('words one by one', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const aCourse = async (...words: string[]) => {
		const { instructor, courseId } = await made.aCourse(db);
		const course = await courses.forEditing(db, instructor, courseId);
		const ids: Record<string, string> = {};
		for (const each of words) {
			ids[each] = newId();
			await terms.add(db, course, ids[each], word(each));
		}
		const inOrder = async () => (await glossary.list(db, course)).map(({ term }) => term).join(' ');
		return { course, instructor, id: (term: string) => ids[term] ?? '', inOrder };
	};

	test('a word is added once, however often its form is sent, and stands at the end', async () => {
		const { course, id, inOrder } = await aCourse('面粉', '糖浆');
		await terms.add(db, course, id('糖浆'), word('糖浆'));
		await terms.add(db, course, newId(), word('馅'));
		expect(await inOrder()).toBe('面粉 糖浆 馅');
	});

	test('no word stands there twice, in whatever way it is written', async () => {
		const { course, id, inOrder } = await aCourse('面粉', '糖浆');
		await terms.change(db, course, id('面粉'), word('面粉', ['Flour']));
		for (const [term, variants] of [
			['糖浆'],
			['粉', ['ｆｌｏｕｒ']],
			['flour'],
			['馅', ['馅']]
		] as const) {
			const adding = terms.add(db, course, newId(), word(term, [...(variants ?? [])]));
			await expect(adding).rejects.toBeInstanceOf(Invalid);
		}
		const changing = terms.change(db, course, id('糖浆'), word('FLOUR'));
		await expect(changing).rejects.toBeInstanceOf(Invalid);
		// In its own ways it may be written anew.
		await terms.change(db, course, id('面粉'), word('flour', ['面粉']));
		expect(await inOrder()).toBe('flour 糖浆');
	});

	test('a change tells how it was before, so that it can be taken back', async () => {
		const { course, id, inOrder } = await aCourse('面粉');
		const before = await terms.change(db, course, id('面粉'), word('馅', ['filling']));
		expect(before).toEqual(word('面粉'));
		expect(await inOrder()).toBe('馅');
		await terms.change(db, course, id('面粉'), before);
		expect(await inOrder()).toBe('面粉');
	});

	test('words move by one place, and stay at the edges', async () => {
		const { course, id, inOrder } = await aCourse('a', 'b', 'c');
		await terms.move(db, course, id('c'), 'up');
		await terms.move(db, course, id('a'), 'up');
		expect(await inOrder()).toBe('a c b');
		await terms.move(db, course, id('a'), 'down');
		expect(await inOrder()).toBe('c a b');
	});

	test('a word taken out can be put back where it was, unless it was added anew', async () => {
		const { course, id, inOrder } = await aCourse('a', 'b', 'c');
		await terms.remove(db, course, id('b'));
		expect(await inOrder()).toBe('a c');
		await terms.putBack(db, course, id('b'));
		expect(await inOrder()).toBe('a b c');
		await terms.remove(db, course, id('b'));
		const anew = newId();
		await terms.add(db, course, anew, word('b'));
		await expect(terms.putBack(db, course, id('b'))).rejects.toBeInstanceOf(Invalid);
		await terms.remove(db, course, anew);
		await terms.putBack(db, course, id('b'));
		expect(await inOrder()).toBe('a b c');
	});

	test("another course's words can neither be changed, moved, taken out nor put back", async () => {
		const [mine, theirs] = [await aCourse('a'), await aCourse('b', 'c')];
		const id = theirs.id('b');
		for (const doing of [
			terms.change(db, mine.course, id, word('x')),
			terms.move(db, mine.course, id, 'down'),
			terms.remove(db, mine.course, id)
		])
			await expect(doing).rejects.toBeInstanceOf(NotFound);
		await terms.remove(db, theirs.course, id);
		await expect(terms.putBack(db, mine.course, id)).rejects.toBeInstanceOf(NotFound);
		await terms.putBack(db, theirs.course, id);
		expect(await theirs.inOrder()).toBe('b c');
		const stranger = await made.anInstructor(db);
		for (const actor of [stranger, await made.aTrainee(db), await made.aStaffMember(db)])
			await expect(courses.forEditing(db, actor, mine.course.id)).rejects.toBeInstanceOf(NotFound);
	});

	describe('films', () => {
		const storage = () => diskStorage(join(folder(), 'media'));
		const tools = () => ({
			storage: storage(),
			transcoder: ffmpegTranscoder({ storage: storage(), workFolder: join(folder(), 'work') })
		});
		const send = async (
			course: courses.EditableCourse,
			termId: string,
			file: string,
			id = newId()
		) => {
			await clips.receive(db, tools(), course, termId, {
				id,
				bytes: createReadStream(file),
				sizeBytes: (await stat(file)).size
			});
			return id;
		};
		const clipOf = async (course: courses.EditableCourse) =>
			(
				await db
					.selectFrom('glossary_term')
					.where('course_id', '=', course.id)
					.select(['clip_id', 'clip_state', 'clip_bytes'])
					.execute()
			)[0];
		const lies = async (id: string) => (await storage().stat(`clip-originals/${id}`)) !== undefined;

		test('a good one is kept once; a wrong one costs nothing of what was there', async () => {
			const { course, id } = await aCourse('面粉');
			const film = await films.webm(3);
			const clipId = await send(course, id('面粉'), film);
			await send(course, id('面粉'), film, clipId);
			const { size } = await stat(film);
			expect(await clipOf(course)).toEqual({
				clip_id: clipId,
				clip_state: 'waiting',
				clip_bytes: size
			});
			expect((await storageUse.ofCourse(db, course.id)).usedBytes).toBe(size);
			const jobs = await db
				.selectFrom('job')
				.where('payload', 'like', `%${clipId}%`)
				.select('id')
				.execute();
			expect(jobs).toHaveLength(1);
			for (const [wrong, code] of [
				['package.json', 'clip_notAVideo'],
				[await films.demonstration(31), 'clip_tooLong']
			] as const) {
				const wrongId = newId();
				const sending = send(course, id('面粉'), wrong, wrongId);
				await expect(sending).rejects.toMatchObject({ problems: { film: { code } } });
				expect(await lies(wrongId)).toBe(false);
			}
			expect(await clipOf(course)).toMatchObject({ clip_id: clipId });
			expect(await lies(clipId)).toBe(true);
			const better = await send(course, id('面粉'), film);
			expect(await clipOf(course)).toMatchObject({ clip_id: better });
			expect(await lies(clipId)).toBe(false);
		});

		test('more bytes than were announced are not taken in', async () => {
			const { course, id } = await aCourse('面粉');
			const piece = Buffer.alloc(8 * 1024 * 1024);
			let given = 0;
			const endless = Readable.from(
				(function* () {
					for (;;) {
						given += piece.length;
						yield piece;
					}
				})()
			);
			const clipId = newId();
			const sending = clips.receive(db, tools(), course, id('面粉'), {
				...{ id: clipId, bytes: endless, sizeBytes: 5 }
			});
			await expect(sending).rejects.toMatchObject({
				problems: { film: { code: 'clip_too_large' } }
			});
			expect(given).toBeLessThan(MAX_CLIP_BYTES * 2);
			expect(await lies(clipId)).toBe(false);
			expect(await clipOf(course)).toMatchObject({ clip_id: null });
		});

		test("another's film is not overwritten, and another's word gets none", async () => {
			const [mine, theirs] = [await aCourse('a'), await aCourse('b')];
			const film = await films.webm(3);
			const clipId = await send(theirs.course, theirs.id('b'), film);
			const before = await readFile(join(folder(), 'media', 'clip-originals', clipId));
			const other = await films.demonstration(2);
			for (const sending of [
				send(mine.course, mine.id('a'), other, clipId),
				send(mine.course, theirs.id('b'), other)
			])
				await expect(sending).rejects.toBeInstanceOf(NotFound);
			await terms.remove(db, theirs.course, theirs.id('b'));
			await expect(send(mine.course, mine.id('a'), other, clipId)).rejects.toBeInstanceOf(NotFound);
			const after = await readFile(join(folder(), 'media', 'clip-originals', clipId));
			expect(after.equals(before)).toBe(true);
		});

		test('a word put back has its film; after a week both are gone', async () => {
			const { course, id } = await aCourse('面粉');
			const clipId = await send(course, id('面粉'), await films.webm(3));
			await terms.remove(db, course, id('面粉'));
			const uploads = {
				pathOf: (name: string) => join(folder(), name),
				forgetNotes: async () => {}
			};
			const clean = (days: number) =>
				cleanUp(db, { storage: storage(), uploads }, new Date(Date.now() + days * DAY_MS));
			await clean(6);
			await terms.putBack(db, course, id('面粉'));
			expect(await clipOf(course)).toMatchObject({ clip_id: clipId, clip_state: 'waiting' });
			await terms.remove(db, course, id('面粉'));
			await clean(8);
			await expect(terms.putBack(db, course, id('面粉'))).rejects.toBeInstanceOf(NotFound);
			expect(await lies(clipId)).toBe(false);
		});
	});
});

test('other ways to write a word come apart by any comma or line', () => {
	const variants = (text: string) => read(TermForm, { term: 'x', variants: text }).variants;
	expect(variants(' 馅、 round sheet，馅,\r\nfilling；; ')).toEqual([
		'馅',
		'round sheet',
		'filling'
	]);
	expect(variants('')).toEqual([]);
});
