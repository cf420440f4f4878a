/** Skill levels and honours that others have awarded, recorded from a document that staff have seen. */
import { attachmentKindOf, ENDINGS } from '#lib/domain/attachments.ts';
import type { RecordInput } from '#lib/domain/skill-levels.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { maySeeRecord, mayIssueTo } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { contentOf } from '../media/attachments.ts';
import type { Storage } from '../storage/storage.ts';
import * as queries from './records.queries.ts';

type Trainee = NonNullable<Awaited<ReturnType<typeof queries.traineeOf>>>;
export type RecordableTrainee = Authorized<Trainee & { readonly by: string }, 'record'>;
export type SkillRecord = Awaited<ReturnType<typeof queries.recordsOf>>[number];

const keyOf = ({ id, copyKind }: Pick<SkillRecord, 'id' | 'copyKind'>): string =>
	`records/${id}.${ENDINGS[copyKind]}`;

/** @throws NotFound when she does not learn in the class, or the actor may record nothing of her */
export async function forRecording(
	db: Database,
	actor: Actor,
	of: { classId: string; personId: string }
): Promise<RecordableTrainee> {
	if (actor.type !== 'person' || !mayIssueTo(actor, of)) throw new NotFound();
	const trainee = await queries.traineeOf(db, of.classId, of.personId);
	if (!trainee) throw new NotFound();
	return grant({ ...trainee, by: actor.id }, 'record');
}

/** What is recorded of somebody, for those who may record it. */
export const of = (db: Database, { personId }: RecordableTrainee) =>
	queries.recordsOf(db, personId);

/** What is recorded of oneself. */
export const own = (db: Database, { id }: PersonActor) => queries.recordsOf(db, id);

/** Where each copy of a document of one's own lies. */
export const keysOf = async (db: Database, by: PersonActor): Promise<string[]> =>
	(await own(db, by)).map(keyOf);

/** The copies leave the disk; the rows are somebody else's to remove. */
export async function eraseCopiesOf(
	db: Database,
	storage: Storage,
	personId: string
): Promise<void> {
	for (const record of await queries.recordsOf(db, personId)) await storage.remove(keyOf(record));
}

/**
 * Records an award, with a copy of its document: told by its bytes, a picture made anew.
 * @returns its id
 * @throws Invalid when the file is none of the kinds, or damaged
 */
export async function add(
	db: Database,
	storage: Storage,
	trainee: RecordableTrainee,
	{ kind, level, title, body, number, awardedOn }: Omit<RecordInput, 'file'>,
	bytes: Uint8Array
): Promise<string> {
	const copyKind = attachmentKindOf(bytes);
	if (!copyKind) throw new Invalid({ file: 'attachment_odd' });
	const content = await contentOf(bytes, copyKind);
	const id = newId();
	// First the file: a record whose copy is missing proves nothing.
	await storage.put(keyOf({ id, copyKind }), content);
	await queries.addRecord(db, {
		...{ id, person_id: trainee.personId, kind, level, title, body, number },
		...{ awarded_on: awardedOn, copy_kind: copyKind },
		...{ recorded_by: trainee.by, recorded_at: now() }
	});
	return id;
}

/**
 * It was recorded in error. The copy leaves the disk; who recorded and who removed it is kept.
 * @throws NotFound when it is not hers, or removed already
 */
export async function remove(
	db: Database,
	storage: Storage,
	trainee: RecordableTrainee,
	id: string
): Promise<void> {
	const record = await queries.recordById(db, id);
	const change = { id, personId: trainee.personId, by: trainee.by, at: now() };
	if (!record || !(await queries.setRemoved(db, change))) throw new NotFound();
	await storage.remove(keyOf(record));
}

/**
 * Where the copy lies, for her whose it is and for staff.
 * @throws NotFound for anybody else
 */
export async function copyFor(db: Database, actor: Actor, id: string): Promise<string> {
	const record = await queries.recordById(db, id);
	if (!record || !maySeeRecord(actor, record)) throw new NotFound();
	return keyOf(record);
}
