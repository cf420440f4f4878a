import type { Kysely } from 'kysely';
import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { highestOf, RecordForm, type RecordInput } from '#lib/domain/skill-levels.ts';
import * as records from '#lib/server/certificates/records.ts';
import * as classes from '#lib/server/classes/classes.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { aPdf, aPhoto } from '../support/attached.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import * as made from '../support/people.ts';

const FIELDS = {
	...{ kind: 'skill_level', level: '3', title: '糕点面包烘焙工', body: '示例评价机构' },
	...{ number: 'S000032020001231000123', awardedOn: '2026-05-01', isChecked: 'yes' }
};
const asSent = (over: Record<string, string> = {}) => ({
	...{ ...FIELDS, ...over },
	file: new File([new Uint8Array(aPdf())], '证书.pdf')
});
const problemsOf = (over: Record<string, string>): string[] => {
	const { issues = [] } = v.safeParse(RecordForm, asSent(over));
	return issues.map((issue) => `${v.getDotPath(issue)} ${issue.message}`);
};

onBothDatabases('awards of others', (open) => {
	let db: Kysely<Tables>;
	let storage: Storage;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
	});
	const aTraineeInClass = async () => {
		const { courseId } = await made.aPublishedLesson(db);
		const { staff, classId } = await made.aClass(db, courseId);
		const trainee = await made.aTrainee(db);
		await classes.join(db, trainee, classId);
		return { staff, classId, trainee, of: { classId, personId: trainee.id } };
	};
	const input = (over: Record<string, string> = {}): RecordInput =>
		v.parse(RecordForm, asSent(over));

	test('staff record a level from the original; its holder and staff see it and the copy, nobody else', async () => {
		const { staff, trainee, of } = await aTraineeInClass();
		const seen = await records.forRecording(db, staff, of);
		const id = await records.add(db, storage, seen, input(), aPdf());
		const [own] = await records.own(db, trainee);
		expect(own).toMatchObject({
			...{ id, kind: 'skill_level', level: 3, title: '糕点面包烘焙工', body: '示例评价机构' },
			...{ number: 'S000032020001231000123', awardedOn: '2026-05-01' },
			...{ copyKind: 'pdf', byName: staff.displayName }
		});
		for (const actor of [trainee, staff]) {
			const key = await records.copyFor(db, actor, id);
			expect(await storage.stat(key)).toMatchObject({ sizeBytes: aPdf().length });
		}
		for (const actor of [await made.aTrainee(db), await made.anInstructor(db)])
			await expect(records.copyFor(db, actor, id)).rejects.toBeInstanceOf(NotFound);
	});

	test('nobody records anything of herself, and only staff do', async () => {
		const { staff, trainee, classId, of } = await aTraineeInClass();
		await classes.join(db, staff, classId);
		const own = { classId, personId: staff.id };
		await expect(records.forRecording(db, staff, own)).rejects.toBeInstanceOf(NotFound);
		for (const actor of [trainee, await made.anInstructor(db)])
			await expect(records.forRecording(db, actor, of)).rejects.toBeInstanceOf(NotFound);
		const elsewhere = { classId, personId: (await made.aTrainee(db)).id };
		await expect(records.forRecording(db, staff, elsewhere)).rejects.toBeInstanceOf(NotFound);
	});

	test('a picture is made anew, and what is no document is refused', async () => {
		const { staff, of } = await aTraineeInClass();
		const seen = await records.forRecording(db, staff, of);
		const photo = await aPhoto(600, 400);
		const id = await records.add(db, storage, seen, input(), photo);
		const key = await records.copyFor(db, staff, id);
		expect(key.endsWith('.jpg')).toBe(true);
		const odd = records.add(db, storage, seen, input(), Buffer.from('<svg onload=alert(1)>'));
		await expect(odd).rejects.toEqual(new Invalid({ file: 'attachment_odd' }));
		const broken = records.add(db, storage, seen, input(), photo.subarray(0, 300));
		await expect(broken).rejects.toEqual(new Invalid({ file: 'attachment_damaged' }));
	});

	test('recorded in error, it and its copy are gone; who did both is kept', async () => {
		const { staff, trainee, of } = await aTraineeInClass();
		const seen = await records.forRecording(db, staff, of);
		const id = await records.add(db, storage, seen, input(), aPdf());
		const key = await records.copyFor(db, staff, id);
		const another = await aTraineeInClass();
		const foreign = await records.forRecording(db, another.staff, another.of);
		await expect(records.remove(db, storage, foreign, id)).rejects.toBeInstanceOf(NotFound);
		await records.remove(db, storage, seen, id);
		expect(await records.own(db, trainee)).toEqual([]);
		expect(await storage.stat(key)).toBeUndefined();
		await expect(records.copyFor(db, trainee, id)).rejects.toBeInstanceOf(NotFound);
		const row = db.selectFrom('skill_record').where('id', '=', id).selectAll();
		expect(await row.executeTakeFirst()).toMatchObject({
			...{ recorded_by: staff.id, removed_by: staff.id }
		});
	});
});

test('the form asks for the original, a level of a level, and no day that is yet to come', () => {
	expect(problemsOf({})).toEqual([]);
	expect(problemsOf({ isChecked: '' })).toEqual(['isChecked original_not_seen']);
	expect(problemsOf({ level: '' })).toEqual(['level choose_one']);
	expect(problemsOf({ level: '9' })).toEqual(['level choose_one']);
	expect(problemsOf({ kind: 'honour', level: '' })).toEqual([]);
	expect(problemsOf({ awardedOn: '2199-01-01' })).toEqual(['awardedOn day_in_future']);
	expect(problemsOf({ number: '110101199001011234' })).toEqual(['number personal_number']);
	const honour = v.parse(RecordForm, asSent({ kind: 'honour', level: '8' }));
	expect(honour.level).toBeNull();
});

test('the ladder is as high as the highest level, whatever else was won', () => {
	expect(highestOf([])).toBe(0);
	expect(
		highestOf([
			{ kind: 'skill_level', level: 2 },
			{ kind: 'honour', level: null },
			{ kind: 'skill_level', level: 4 }
		])
	).toBe(4);
});
