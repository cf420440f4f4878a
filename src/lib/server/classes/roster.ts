/**
 * A roster comes in in two steps: what the file would do is shown line by line, then one button
 * does it, all of it or nothing. In between only what was read waits here, for a day.
 */
import {
	countFates,
	judge,
	type JudgedLine,
	type LeftOut,
	type RosterLine
} from '#lib/domain/roster.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as numbered from '../people/numbered.ts';
import * as classes from './classes.ts';
import { type classById, holdClass } from './classes.queries.ts';
import { rosterIn } from './roster-file.ts';
import * as queries from './roster.queries.ts';
import * as run from './run.ts';

const KEPT_HOURS = 24;
const MAX_FILE_NAME = 120;

type Class = NonNullable<Awaited<ReturnType<typeof classById>>>;
export type FillableClass = { of: Authorized<Class, 'fill'>; by: PersonActor };

/** Staff fill classes by rosters. */
export async function forFilling(
	db: Database,
	actor: Actor,
	classId: string
): Promise<FillableClass> {
	const { found, by } = await run.forStaff(db, actor, classId);
	return { of: grant(found, 'fill'), by };
}

/**
 * Reads a file and keeps what was read, so that it can be looked at. Nobody is added yet.
 * @returns the roster's id
 * @throws Invalid saying what is wrong with the file as a whole
 */
export async function read(
	db: Database,
	{ of, by }: FillableClass,
	file: { name: string; bytes: Uint8Array }
): Promise<string> {
	if (of.closedAt !== null) throw new Invalid({ '': 'class_closed' });
	const { lines, leftOut } = await rosterIn(file.bytes);
	const id = newId();
	await queries.addRoster(db, {
		...{ id, classId: of.id, by: by.id, at: now() },
		fileName: file.name.replaceAll(/\p{Cc}/gu, '').slice(0, MAX_FILE_NAME),
		lines: JSON.stringify(lines),
		leftOut: JSON.stringify(leftOut)
	});
	return id;
}

/** What importing would do now, or, once it is imported, which lines were left out as bad. */
export async function look(db: Database, { of }: FillableClass, id: string) {
	const found = await queries.rosterById(db, of.id, id);
	if (!found) throw new NotFound();
	const { lines, leftOut, ...roster } = found;
	const judged = await judgedNow(db, of.id, JSON.parse(lines) as RosterLine[]);
	return {
		...roster,
		leftOut: JSON.parse(leftOut) as LeftOut[],
		lines: judged,
		counts: countFates(judged),
		seatsLeft: of.seats === null ? null : Math.max(0, of.seats - of.traineeCount)
	};
}

async function judgedNow(
	db: Database,
	classId: string,
	lines: readonly RosterLine[]
): Promise<JudgedLine[]> {
	const numbers = lines.flatMap(({ number, problem }) => (problem || !number ? [] : [number]));
	const [known, inClass] = await Promise.all([
		numbered.byNumber(db, numbers),
		queries.namesInClass(db, classId)
	]);
	const ids = new Set(inClass.map(({ personId }) => personId));
	return judge(lines, {
		byNumber: new Map(
			known.map(({ number, personId, displayName }) => [
				number,
				{ personId, name: displayName, isInClass: ids.has(personId) }
			])
		),
		inClassByName: Map.groupBy(inClass, ({ name }) => name)
	});
}

/**
 * Imports every good line, in one transaction. Pressed twice, it is done once.
 * @throws Invalid when the class has ended or has too few seats: then nobody was added
 * @throws Conflict when the same people came in by another way at the same moment
 */
export async function importNow(
	db: Database,
	{ of, by }: FillableClass,
	id: string
): Promise<void> {
	try {
		await db.transaction().execute(async (step) => {
			// Whoever else fills this class waits; what is judged now stays true.
			await holdClass(step, of.id);
			const found = await queries.rosterById(step, of.id, id);
			if (!found) throw new NotFound();
			if (found.importedAt !== null) return;
			const lines = await judgedNow(step, of.id, JSON.parse(found.lines) as RosterLine[]);
			const added = lines.filter(({ fate }) => fate === 'new');
			const joining = lines.flatMap(({ fate, personId }) =>
				fate === 'joins' && personId ? [personId] : []
			);
			const newIds = await numbered.addTrainees(
				step,
				added.map(({ name, number }) => ({ displayName: name, number })),
				by.id
			);
			await numbered.letBeTrainees(step, joining, by.id);
			await classes.takeSeats(step, of.id, [...newIds, ...joining]);
			await queries.setImported(step, id, {
				...{ by: by.id, at: now(), newCount: added.length, joinedCount: joining.length },
				lines: JSON.stringify(lines.filter(({ fate }) => fate === 'bad').map(asRead))
			});
		});
	} catch (error) {
		if (isUniqueViolation(error)) throw new Conflict('stale');
		throw error;
	}
}

const asRead = ({ line, name, number, problem }: JudgedLine): RosterLine => ({
	...{ line, name, number },
	...(problem && { problem })
});

/** What was imported into the class, by whom and when. */
export const importsOf = (db: Database, { of }: FillableClass) => queries.importsOf(db, of.id);

/** Forgets what was read of files longer than a day ago. */
export const forgetOld = (db: Database): Promise<void> =>
	queries.forgetLines(db, new Date(Date.now() - KEPT_HOURS * 3_600_000).toISOString());
