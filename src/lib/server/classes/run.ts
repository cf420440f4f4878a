/** How a class is run (开班): when, where, for how many, taught by whom, with whom in charge. */
import type { ClassRun } from '#lib/domain/classes.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { Actor } from '../access/actor.ts';
import { mayRunClasses } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { Invalid, NotAllowed, NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import * as everybody from '../people/everybody.ts';
import * as people from '../people/people.ts';
import { changeClass, classById, holdClass } from './classes.queries.ts';
import * as queries from './run.queries.ts';

/**
 * A class for staff to do something with.
 * @throws NotAllowed for anybody else
 * @throws NotFound when it is not there
 */
export async function forStaff(db: Database, actor: Actor, classId: string) {
	if (!mayRunClasses(actor) || actor.type !== 'person') throw new NotAllowed();
	const found = await classById(db, classId);
	if (!found) throw new NotFound();
	return { found, by: actor };
}

/** Who teaches a class and who is in charge of it. */
export async function staffOf(db: Database, classId: string) {
	const rows = await queries.staffOf(db, classId);
	const named = (wanted: string) =>
		rows.filter(({ part }) => part === wanted).map(({ id, displayName }) => ({ id, displayName }));
	return { instructors: named('instructor'), inCharge: named('in_charge') };
}

type Named = { id: string; displayName: string };

/**
 * Whom staff may choose from: everybody who holds the role today.
 * @param of a class that is there already: who runs it can be chosen again whatever she is now
 */
export async function whoCanRun(
	db: Database,
	actor: Actor,
	of: { instructors: Named[]; inCharge: Named[] } = { instructors: [], inCharge: [] }
) {
	if (!mayRunClasses(actor)) throw new NotAllowed();
	const holders = await everybody.holdersOf(db, actor, ['instructor', 'staff']);
	const choices = (role: Role, have: Named[]) => {
		const holding = holders
			.filter((person) => person.role === role && !have.some(({ id }) => id === person.id))
			.map(({ id, displayName }) => ({ id, displayName }));
		return [...have, ...holding];
	};
	return {
		instructors: choices('instructor', of.instructors),
		staff: choices('staff', of.inCharge)
	};
}

/**
 * Sets who runs a class, within the transaction that changes it. Who runs it already stays, also
 * when she has lost the role since.
 * @throws Invalid when somebody new does not hold the role
 */
export async function setStaff(
	step: Database,
	classId: string,
	{ instructorIds, inChargeIds }: Pick<ClassRun, 'instructorIds' | 'inChargeIds'>,
	by: string
): Promise<void> {
	const before = await staffOf(step, classId);
	const parts = [
		['instructor', 'instructor', 'instructorIds', instructorIds, before.instructors],
		['in_charge', 'staff', 'inChargeIds', inChargeIds, before.inCharge]
	] as const;
	for (const [part, role, field, wanted, have] of parts) {
		const ids = [...new Set(wanted)];
		const added = ids.filter((id) => !have.some((person) => person.id === id));
		for (const id of added)
			if (!(await people.rolesOf(step, id)).includes(role))
				throw new Invalid({ [field]: 'choose_one' });
		await queries.setStaff(step, { classId, part, ids, by, at: now() });
	}
}

/**
 * Changes what is said of a class. Fewer seats than people are enrolled let nobody more in, and
 * send nobody away.
 */
export async function change(
	db: Database,
	actor: Actor,
	classId: string,
	input: ClassRun & { title: string }
): Promise<void> {
	if (!mayRunClasses(actor) || actor.type !== 'person') throw new NotAllowed();
	await db.transaction().execute(async (step) => {
		if (!(await holdClass(step, classId))) throw new NotFound();
		await changeClass(step, classId, input);
		await setStaff(step, classId, input, actor.id);
	});
}
