/** Classes: a course run for a group of trainees, joined with a code. */
import { type ClassInput, type ClassRun, JOIN_CODE_LENGTH } from '#lib/domain/classes.ts';
import { EVERYBODY, placeOf } from '#lib/domain/listing.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { mayRunClasses } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { Invalid, NotAllowed, NotFound } from '../errors.ts';
import { hashToken, newId, newReadableCode, now } from '../ids.ts';
import * as people from '../people/people.ts';
import { allow, takeBack } from '../people/rate-limits.ts';
import * as versions from '../publication/versions.ts';
import * as queries from './classes.queries.ts';
import * as run from './run.ts';

/** 31⁸ codes; a guesser gets 20 wrong ones in 15 minutes. */
const newJoinCode = (): string => newReadableCode(JOIN_CODE_LENGTH);
const JOIN_TRIES = { limit: 20, withinMinutes: 15 };
const REGISTER_TRIES = { limit: 100, withinMinutes: 15 };

const NOTHING_SAID: ClassRun = {
	startsOn: null,
	endsOn: null,
	where: 'place',
	place: null,
	seats: null,
	instructorIds: [],
	inChargeIds: []
};

/** Opens a class on a course that has something to watch, with the newest of it; an `id` given twice opens one. */
export async function open(
	db: Database,
	actor: Actor,
	input: ClassInput,
	id: string = newId()
): Promise<string> {
	if (!mayRunClasses(actor) || actor.type !== 'person') throw new NotAllowed();
	if (!(await queries.takesClasses(db, input.courseId)))
		throw new Invalid({ courseId: 'choose_one' });
	const row = { id, ...input, joinCode: newJoinCode(), createdBy: actor.id, createdAt: now() };
	const given = { ...NOTHING_SAID, ...row };
	await db.transaction().execute(async (step) => {
		if (!(await queries.addClass(step, given))) return;
		await run.setStaff(step, id, given, actor.id);
		await versions.giveNewest(step, id, input.courseId);
	});
	return id;
}

/** Ends joining; those enrolled keep what they have. */
export async function close(db: Database, actor: Actor, id: string): Promise<void> {
	if (!mayRunClasses(actor)) throw new NotAllowed();
	if (!(await queries.closeClass(db, id, now()))) throw new NotFound();
}

/** Every class with how many are enrolled and have a certificate, for staff. */
export async function all(db: Database, actor: Actor) {
	if (!mayRunClasses(actor)) throw new NotAllowed();
	return queries.classes(db);
}

/** One class with who runs it; whoever asks must know that it may be seen. */
export async function named(db: Database, id: string) {
	const found = await queries.classById(db, id);
	return found && { ...found, ...(await run.staffOf(db, id)) };
}

/** One class with a page of its trainees and how far each has come, for staff. */
export async function forRunning(db: Database, actor: Actor, id: string, listing = EVERYBODY) {
	if (!mayRunClasses(actor)) throw new NotAllowed();
	const found = await named(db, id);
	if (!found) throw new NotFound();
	const { find } = listing;
	const [count, lessonCount] = await Promise.all([
		find === '' ? found.traineeCount : queries.countOfTrainees(db, id, find),
		queries.publishedLessonCount(db, found.courseId)
	]);
	const { page, pages, ...place } = placeOf(listing, count);
	const trainees = await queries.traineesOf(db, id, found.courseId, { find, ...place });
	return { ...found, trainees, listed: { find, count, page, pages }, lessonCount };
}

/**
 * The class behind a code, before anybody is enrolled.
 * @param address whose wrong codes are counted. Right ones are not: a whole class joins from the
 *   one address of its classroom.
 * @throws Invalid when there is none, or it has ended
 * @throws TooMany after 20 wrong codes in 15 minutes
 */
export async function byJoinCode(db: Database, code: string, address: string) {
	const bucket = `join from ${hashToken(address)}`;
	await allow(db, bucket, JOIN_TRIES);
	const found = await queries.classByJoinCode(db, code);
	if (!found) throw new Invalid({ code: 'join_code_unknown' });
	await takeBack(db, bucket);
	if (found.closedAt !== null) throw new Invalid({ code: 'class_closed' });
	const isFull = found.seats !== null && found.traineeCount >= found.seats;
	return { ...found, isFull, ...(await run.staffOf(db, found.id)) };
}

/**
 * Gives people seats of a class, all of them or none. Who has one already keeps it. Runs within a
 * transaction: of two who want the last seat at the same moment, the second waits and is refused.
 * @throws Invalid when the class has ended, or fewer seats are left than are asked for
 */
export async function takeSeats(
	step: Database,
	classId: string,
	personIds: readonly string[]
): Promise<void> {
	const held = await queries.holdClass(step, classId);
	if (!held) throw new NotFound();
	const enrolled = await queries.enrolledIn(step, classId);
	const newcomers = personIds.filter((id) => !enrolled.has(id));
	if (newcomers.length === 0) return;
	if (held.closedAt !== null) throw new Invalid({ '': 'class_closed' });
	const left = held.seats === null ? Infinity : Math.max(0, held.seats - enrolled.size);
	if (left === 0) throw new Invalid({ '': 'class_full' });
	if (newcomers.length > left)
		throw new Invalid({ '': { code: 'seats_short', values: { left, count: newcomers.length } } });
	const at = now();
	await queries.enrol(
		step,
		newcomers.map((personId) => ({ id: newId(), classId, personId, at }))
	);
}

/**
 * Enrols a person; twice is once. Whoever joins a class is a trainee.
 * @throws Invalid when it is full
 */
export async function join(db: Database, actor: PersonActor, classId: string): Promise<void> {
	await db.transaction().execute((step) => takeSeats(step, classId, [actor.id]));
	await people.addRole(db, actor.id, 'trainee');
}

/**
 * A new trainee and his place in the class, or neither.
 * @param address from which several classes may join, but no program makes people without end
 * @throws Invalid when the class is full
 * @throws TooMany after 100 in 15 minutes
 */
export async function joinAsNewPerson(
	db: Database,
	person: people.NewPerson,
	classId: string,
	address: string
): Promise<string> {
	await allow(db, `register from ${hashToken(address)}`, REGISTER_TRIES);
	return people.add(db, person, 'trainee', undefined, (step, personId) =>
		takeSeats(step, classId, [personId])
	);
}
