/** Work that two assess: blind, a third where they do not agree, and nobody twice. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as instructors from '#lib/server/courses/instructors.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, Invalid, NotAllowed, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import { folderOf } from '#lib/server/practice/places.ts';
import * as queue from '#lib/server/practice/queue.ts';
import * as said from '#lib/server/practice/said.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import * as together from '#lib/server/practice/together.ts';
import * as works from '#lib/server/practice/works.ts';
import { addArriving, setReady } from '#lib/server/practice/works.queries.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import * as made from '../support/people.ts';
import { assessShare, begin, handedInForTwo, say } from '../support/two-assessors.ts';

onBothDatabases('two assessors', (open) => {
	let db: Kysely<Tables>;
	let storage: Storage;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
	});

	type Place = Awaited<ReturnType<typeof handedInForTwo>>;
	const stateOf = async ({ trainee, id }: Place) =>
		(await submissions.forOwner(db, trainee, id)).state;
	const seenByTrainee = async ({ trainee, id }: Place) =>
		assessing.contentsOf(db, await submissions.forOwner(db, trainee, id));
	const deskOf = async ({ id }: Place, by: PersonActor) =>
		assessing.deskOf(db, await assessing.forAssessing(db, by, id), by);
	const hearingOf = async ({ trainee, id }: Place) =>
		together.hearing(db, await submissions.forOwner(db, trainee, id));
	const inQueue = async (by: PersonActor, { id }: Place) => {
		const { mine, others, answered } = await queue.ofInstructor(db, by);
		const isIn = (rows: { id: string }[]) => rows.some((row) => row.id === id);
		return isIn(mine) ? 'mine' : isIn(others) ? 'others' : isIn(answered) ? 'answered' : 'none';
	};
	/** A film of what somebody answers, as its job leaves it. */
	async function aFilm({ id }: Place, by: PersonActor): Promise<string> {
		const film = newId();
		const at = new Date().toISOString();
		const row = { id: film, submissionId: id, personId: by.id, kind: 'answer', sizeBytes: 9, at };
		await addArriving(db, { ...row, kind: 'answer' });
		await setReady(db, film, { width: 640, height: 360, duration_ms: 1000 });
		return film;
	}

	test('two who agree decide; the trainee is told by both at once', async () => {
		const place = await handedInForTwo(db, storage);
		const { instructor, others, trainee, lessonId, id } = place;
		const [second, third] = others as [PersonActor, PersonActor];
		await assessShare(db, instructor, id, 'passed', '皮很薄');
		expect(await stateOf(place)).toBe('looking');
		expect((await seenByTrainee(place)).answers).toEqual([]);
		expect(await said.ofPerson(db, trainee)).toEqual(new Map());
		await assessShare(db, second, id, 'passed', '干净');
		expect(await stateOf(place)).toBe('passed');
		const { answers } = await seenByTrainee(place);
		expect(answers).toMatchObject([
			{ number: 2, decision: 1, comment: '干净', assessedById: second.id },
			{ number: 1, decision: 1, comment: '皮很薄', assessedById: instructor.id }
		]);
		expect((await said.ofPerson(db, trainee)).get(lessonId)).toMatchObject({
			...{ comment: '皮很薄\n干净', isNew: true },
			assessedBy: [instructor.displayName, second.displayName]
		});
		// Nobody is asked any more, and nobody corrects it alone.
		await expect(begin(db, third, id)).rejects.toBeInstanceOf(Conflict);
		await expect(say(db, instructor, id, 'again')).rejects.toBeInstanceOf(Conflict);
		expect(await deskOf(place, instructor)).toMatchObject({ mayCorrect: false });
	});

	test('nobody sees what another thinks before it is decided: not in data, not as a film', async () => {
		const place = await handedInForTwo(db, storage);
		const { instructor, others, trainee, id } = place;
		const [second, third] = others as [PersonActor, PersonActor];
		await begin(db, instructor, id);
		const film = await aFilm(place, instructor);
		const fetching = (by: PersonActor) => works.forFetching(db, by, film, 'clip.mp4');
		const key = `${folderOf(film)}/clip.mp4`;
		await say(db, instructor, id, 'passed', { comment: '秘密', answerId: film });
		for (const by of [second, third, trainee])
			await expect(fetching(by)).rejects.toBeInstanceOf(NotFound);
		expect(await fetching(instructor)).toBe(key);
		const everything = async (by: PersonActor) => {
			const of = await assessing.forAssessing(db, by, id);
			return JSON.stringify([
				...[of, await assessing.contentsOf(db, of), await assessing.deskOf(db, of, by)],
				...[await assessing.earlierOf(db, of), await queue.ofInstructor(db, by)]
			]);
		};
		for (const by of [second, third]) {
			expect(await everything(by)).not.toMatch(/秘密|notYet":"|"result":"passed"/);
			expect((await deskOf(place, by)).shared?.given).toEqual([]);
		}
		expect((await deskOf(place, instructor)).shared?.given).toMatchObject([{ comment: '秘密' }]);
		// They do not agree: still nobody sees anything but her own, the third neither.
		await assessShare(db, second, id, 'again', '不好');
		expect(await everything(third)).not.toMatch(/秘密|不好/);
		expect(await everything(instructor)).not.toContain('不好');
		await expect(fetching(third)).rejects.toBeInstanceOf(NotFound);
		expect((await seenByTrainee(place)).answers).toEqual([]);
		await assessShare(db, third, id, 'again', '再来');
		// The two who agree are heard; who was outvoted is history for those who teach.
		expect((await seenByTrainee(place)).answers.map(({ comment }) => comment)).toEqual([
			...['再来', '不好']
		]);
		await expect(fetching(trainee)).rejects.toBeInstanceOf(NotFound);
		expect(await fetching(third)).toBe(key);
		expect((await deskOf(place, third)).shared?.given).toHaveLength(3);
	});

	test('where two do not agree a third is asked, never one of the two; the majority decides', async () => {
		const place = await handedInForTwo(db, storage);
		const { instructor, others, id } = place;
		const [second, third] = others as [PersonActor, PersonActor];
		expect(await hearingOf(place)).toEqual({ given: 0, looking: 0, asked: 2 });
		await assessShare(db, instructor, id, 'passed');
		expect(await hearingOf(place)).toEqual({ given: 1, looking: 0, asked: 2 });
		expect(await inQueue(instructor, place)).toBe('others');
		expect(await inQueue(second, place)).toBe('mine');
		await assessShare(db, second, id, 'again');
		expect(await hearingOf(place)).toEqual({ given: 2, looking: 0, asked: 3 });
		expect(await inQueue(second, place)).toBe('others');
		expect(await inQueue(third, place)).toBe('mine');
		for (const by of [instructor, second]) {
			await begin(db, by, id);
			await expect(say(db, by, id, 'passed')).rejects.toMatchObject({ problem: 'opinion_given' });
		}
		await assessShare(db, third, id, 'passed');
		expect(await stateOf(place)).toBe('passed');
		expect((await seenByTrainee(place)).answers.map(({ assessedById }) => assessedById)).toEqual([
			...[third.id, instructor.id]
		]);
		expect(await inQueue(third, place)).toBe('answered');
	});

	test('two who begin or give at the same moment, twice each, leave one seat and one share each', async () => {
		const place = await handedInForTwo(db, storage, 1);
		const { instructor, others, id } = place;
		const both = [instructor, others[0] as PersonActor];
		const twice = [...both, ...both];
		await Promise.all(twice.map((by) => begin(db, by, id)));
		expect(await hearingOf(place)).toEqual({ given: 0, looking: 2, asked: 2 });
		const given = await Promise.allSettled(twice.map((by) => say(db, by, id, 'again')));
		expect(given.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
		expect(await stateOf(place)).toBe('again');
		expect((await seenByTrainee(place)).answers).toHaveLength(2);
	});

	test('who begins first does not keep the other out; a third is kept out until asked', async () => {
		const place = await handedInForTwo(db, storage);
		const { instructor, others, id, trainee } = place;
		const [second, third] = others as [PersonActor, PersonActor];
		await begin(db, instructor, id);
		await begin(db, second, id);
		expect(await inQueue(third, place)).toBe('others');
		await expect(begin(db, third, id)).rejects.toBeInstanceOf(Conflict);
		await expect(say(db, third, id, 'passed')).rejects.toBeInstanceOf(Conflict);
		const own = () => submissions.forOwner(db, trainee, id);
		await expect(submissions.withdraw(db, await own())).rejects.toBeInstanceOf(Conflict);
		// Knowingly in the place of one who has begun; she is then out of it.
		expect((await deskOf(place, third)).shared?.looking).toHaveLength(2);
		await begin(db, third, id, second.id);
		await expect(say(db, second, id, 'passed')).rejects.toMatchObject({ problem: 'stale' });
		await say(db, third, id, 'passed');
		// Of whom has given nobody takes the place.
		await expect(begin(db, second, id, third.id)).rejects.toBeInstanceOf(Conflict);
		const seat = await assessing.forAssessing(db, instructor, id);
		await assessing.release(db, seat, instructor);
		await expect(assessing.release(db, seat, instructor)).rejects.toBeInstanceOf(Conflict);
		expect(await hearingOf(place)).toEqual({ given: 1, looking: 0, asked: 2 });
		await assessShare(db, second, id, 'passed');
		expect(await stateOf(place)).toBe('passed');
	});

	test('when all have put it back the trainee may take it back, and what she took back nobody begins', async () => {
		const place = await handedInForTwo(db, storage);
		const { instructor, others, trainee, id } = place;
		const seen = await assessing.forAssessing(db, instructor, id);
		await begin(db, instructor, id);
		await begin(db, others[0] as PersonActor, id);
		for (const by of [instructor, others[0] as PersonActor])
			await assessing.release(db, await assessing.forAssessing(db, by, id), by);
		expect(await stateOf(place)).toBe('sent');
		await submissions.withdraw(db, await submissions.forOwner(db, trainee, id));
		await expect(assessing.begin(db, seen, instructor, seen.revision)).rejects.toBeInstanceOf(
			Conflict
		);
		await expect(begin(db, instructor, id)).rejects.toBeInstanceOf(NotFound);
	});

	test('who leaves the course leaves her seat free, but what she gave stays', async () => {
		const place = await handedInForTwo(db, storage);
		const { instructor, others, courseId, id } = place;
		const [second, third] = others as [PersonActor, PersonActor];
		const leave = async (who: PersonActor) =>
			instructors.remove(db, await courses.forEditing(db, instructor, courseId), who.id);
		await assessShare(db, second, id, 'passed');
		await begin(db, third, id);
		expect(await inQueue(instructor, place)).toBe('others');
		await leave(second);
		await leave(third);
		expect(await hearingOf(place)).toEqual({ given: 1, looking: 0, asked: 2 });
		expect(await inQueue(instructor, place)).toBe('mine');
		await expect(say(db, third, id, 'again')).rejects.toBeInstanceOf(NotFound);
		await assessShare(db, instructor, id, 'passed');
		expect(await stateOf(place)).toBe('passed');
		expect((await seenByTrainee(place)).answers).toHaveLength(2);
	});

	test('staff see what is stuck, but no work and no result, and name somebody for it', async () => {
		const place = await handedInForTwo(db, storage, 0);
		const { instructor, trainee, id, staff } = { ...place, staff: await made.aStaffMember(db) };
		const rowOf = async () => {
			const { waiting } = await queue.forStaff(db, staff);
			return waiting.find((row) => row.id === id);
		};
		expect(await rowOf()).toMatchObject({ isStuck: true, hearing: { given: 0 }, named: [] });
		await assessShare(db, instructor, id, 'passed', '秘密');
		expect(await rowOf()).toMatchObject({ isStuck: true, hearing: { given: 1, asked: 2 } });
		expect(JSON.stringify(await rowOf())).not.toContain('秘密');
		await expect(queue.forStaff(db, instructor)).rejects.toBeInstanceOf(NotAllowed);
		await expect(queue.forAppointing(db, instructor, id)).rejects.toBeInstanceOf(NotFound);

		const stranger = await made.anInstructor(db);
		await expect(assessing.forAssessing(db, stranger, id)).rejects.toBeInstanceOf(NotFound);
		const appoint = async (personId: string) =>
			queue.appoint(db, await queue.forAppointing(db, staff, id), personId);
		for (const odd of [trainee.id, (await made.aTrainee(db)).id])
			await expect(appoint(odd)).rejects.toBeInstanceOf(Invalid);
		await appoint(stranger.id);
		await appoint(stranger.id);
		expect(await rowOf()).toMatchObject({ isStuck: false, named: [stranger.displayName] });
		expect(await inQueue(stranger, place)).toBe('mine');
		await assessShare(db, stranger, id, 'again');
		expect(await rowOf()).toMatchObject({ isStuck: true, hearing: { given: 2, asked: 3 } });
		const last = await made.anInstructor(db);
		await appoint(last.id);
		await assessShare(db, last, id, 'again');
		expect(await stateOf(place)).toBe('again');
		expect(await rowOf()).toBeUndefined();
		await expect(appoint((await made.anInstructor(db)).id)).rejects.toBeInstanceOf(Conflict);
	});

	test('nobody gives the film of somebody else as her answer', async () => {
		const place = await handedInForTwo(db, storage);
		const { instructor, others, id } = place;
		const film = await aFilm(place, others[0] as PersonActor);
		await begin(db, instructor, id);
		await expect(say(db, instructor, id, 'passed', { answerId: film })).rejects.toBeInstanceOf(
			Invalid
		);
	});
});
