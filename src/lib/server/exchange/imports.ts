/** Archives on their way in: whose they are, how far, and what became of them. */
import { rm } from 'node:fs/promises';
import * as v from 'valibot';
import { ArchiveMetadata } from '#lib/domain/course-archive.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { mayCreateCourse } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { NotAllowed, NotFound, type Problem } from '../errors.ts';
import { now } from '../ids.ts';
import { read } from '../input.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Receiver, TusUploads } from '../media/tus-uploads.ts';
import * as queries from './imports.queries.ts';

/** The job that makes a course of an archive. */
export const IMPORT_COURSE = 'import-course';
export const ImportCourse = v.object({ importId: v.string() });

export const ARCHIVES_PATH = '/archives';
const MAX_LISTED = 20;
const DAY_MS = 24 * 60 * 60_000;
/** As for videos: long enough for somebody who comes online once a week. */
const KEEP_UNFINISHED_MS = 14 * DAY_MS;
const AT_ONCE = 50;

type Archives = Pick<TusUploads, 'pathOf' | 'forgetNotes'>;

/** What happens to an archive's bytes on their way (see tus-uploads.ts). */
export const archiveReceiver: Receiver = {
	async create(db, actor, { id, size, metadata }) {
		if (actor.type !== 'person' || !mayCreateCourse(actor)) throw new NotAllowed();
		const { fileName, sizeBytes } = read(ArchiveMetadata, {
			fileName: metadata.filename ?? '',
			sizeBytes: size
		});
		await queries.addImport(db, { id, personId: actor.id, fileName, sizeBytes, at: now() });
	},
	forSending,
	// Nothing an instructor does meanwhile makes it unwanted.
	assertWanted: () => Promise.resolve(),
	/** The last byte has arrived. Told twice, it does it once. */
	receive: (db, id) =>
		db.transaction().execute(async (step) => {
			if (await queries.move(step, id, ['arriving'], { state: 'waiting' }))
				await enqueue(step, IMPORT_COURSE, { importId: id });
		}),
	forget: (db, id) => queries.remove(db, id)
};

/** @throws NotFound when it is not this actor's */
async function forSending(db: Database, actor: Actor, id: string) {
	const found = await queries.importById(db, id);
	if (!found || actor.type !== 'person' || found.personId !== actor.id) throw new NotFound();
	const { sizeBytes, state } = found;
	return { sizeBytes, isFinished: state !== 'arriving' };
}

/** What one has brought in lately, newest first. */
export async function ofPerson(db: Database, by: PersonActor) {
	const rows = await queries.importsOf(db, by.id, MAX_LISTED);
	return rows.map(({ problem, personId: _, ...row }) => ({
		...row,
		problem: problem === null ? undefined : (JSON.parse(problem) as Problem)
	}));
}

/**
 * Takes one off the list; one that is being read is stopped, and leaves nothing.
 * @throws NotFound when it is not this actor's
 */
export async function dismiss(
	db: Database,
	archives: Archives,
	by: PersonActor,
	id: string
): Promise<void> {
	await forSending(db, by, id);
	await queries.remove(db, id);
	await removeBytes(archives, id);
}

/** Archives that stopped on their way leave the disk. */
export async function cleanUp(db: Database, archives: Archives, at = new Date()): Promise<void> {
	const before = new Date(at.getTime() - KEEP_UNFINISHED_MS).toISOString();
	for (const { id } of await queries.leftBefore(db, before, AT_ONCE)) {
		await removeBytes(archives, id);
		await queries.remove(db, id);
	}
}

export async function removeBytes(archives: Archives, id: string): Promise<void> {
	await rm(archives.pathOf(id), { force: true });
	await archives.forgetNotes(id);
}
