/** People and things on the way from graduate to shop, made as the product makes them. */
import { randomInt } from 'node:crypto';
import { STATUS_LIST_LENGTH } from '#lib/domain/certificates.ts';
import type { PlacementRole } from '#lib/domain/placements.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { StorefrontInput } from '#lib/domain/storefronts.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as certificates from '#lib/server/certificates/certificates.queries.ts';
import * as courses from '#lib/server/courses/courses.ts';
import type { Database } from '#lib/server/database/database.ts';
import { newId, now } from '#lib/server/ids.ts';
import * as peopleQueries from '#lib/server/people/people.queries.ts';
import * as graduates from '#lib/server/placements/graduates.ts';
import * as placements from '#lib/server/placements/placements.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';

let count = 0;

/** A person with one role. Not through `people.add`: hashing a password takes 50 ms each. */
export async function aPerson(
	db: Database,
	role: Role,
	displayName = `${role} ${++count}`
): Promise<PersonActor> {
	const id = newId();
	await peopleQueries.addPerson(db, {
		id,
		displayName,
		signInName: `${role}-${id}`,
		passwordHash: 'cannot sign in',
		createdAt: now()
	});
	await peopleQueries.grantRole(db, {
		id: newId(),
		personId: id,
		role,
		grantedBy: undefined,
		at: now()
	});
	return { type: 'person', id, displayName, roles: [role] };
}

/** A trainee who holds a certificate of a course of her own. */
export async function aGraduate(db: Database, displayName?: string): Promise<PersonActor> {
	const graduate = await aPerson(db, 'trainee', displayName);
	await giveCertificate(db, graduate);
	return graduate;
}

export async function giveCertificate(db: Database, holder: PersonActor): Promise<string> {
	const instructor = await aPerson(db, 'instructor');
	const courseId = await courses.create(db, instructor, {
		title: '月饼',
		summary: '',
		skillField: 'baking'
	});
	return giveCertificateOf(db, holder, { id: courseId, title: '月饼' });
}

/** As from the days when nobody had to be ready for it. @returns its number */
export async function giveCertificateOf(
	db: Database,
	holder: PersonActor,
	course: { id: string; title: string }
): Promise<string> {
	const number = `YWS-2026-${newId().toUpperCase()}`;
	await certificates.addCertificate(db, {
		...{ id: newId(), number, personId: holder.id, courseId: course.id, classId: null },
		...{ issuedBy: null, holderName: holder.displayName, courseTitle: course.title },
		...{ association: '示例协会', issuedAt: now(), statusList: 1 },
		statusIndex: randomInt(STATUS_LIST_LENGTH)
	});
	return number;
}

export const aShop = (over: Partial<StorefrontInput> = {}): StorefrontInput => ({
	name: '云月饼铺',
	platform: 'taobao',
	address: 'https://shop.example/moon',
	wares: '月饼和糕点',
	helpNeeded: ['packing', 'supplier', 'customer_service'],
	...over
});

/** A shop is proposed to a graduate. @returns the placement's id */
export async function aProposal(
	db: Database,
	people: { staff: PersonActor; graduate: PersonActor },
	over: Partial<StorefrontInput> & { role?: PlacementRole } = {}
): Promise<{ placementId: string; storefrontId: string }> {
	const { role = 'packing', ...shop } = over;
	const storefrontId = await storefronts.create(db, people.staff, aShop(shop));
	const placementId = await placements.propose(
		db,
		await graduates.forProposing(db, people.staff, people.graduate.id),
		await storefronts.forProposing(db, people.staff, storefrontId),
		role
	);
	return { placementId, storefrontId };
}

const OWN = {
	consent: placements.consent,
	decline: placements.decline,
	show: placements.show,
	hide: placements.hide,
	withdraw: placements.withdraw
} as const;
const STAFF = {
	introduce: placements.introduce,
	begin_trial: placements.beginTrial,
	activate: placements.activate,
	end: (db: Database, placement: placements.StaffPlacement) =>
		placements.end(db, placement, { reason: 'season_over', note: '' })
} as const;

/** Takes a step as the given person would: through the door of that step, with what he saw. */
export async function step(
	db: Database,
	actor: PersonActor,
	action: keyof typeof OWN | keyof typeof STAFF,
	placementId: string,
	seenRevision?: number
): Promise<void> {
	if (action in OWN) {
		const own = await placements.forGraduate(db, actor, placementId, seenRevision);
		return OWN[action as keyof typeof OWN](db, own);
	}
	const placement = await placements.forStaff(db, actor, placementId, seenRevision);
	return STAFF[action as keyof typeof STAFF](db, placement);
}

/** After the graduate's consent: staff introduce them, they try, and the work begins. */
export async function begin(db: Database, staff: PersonActor, placementId: string): Promise<void> {
	for (const action of ['introduce', 'begin_trial', 'activate'] as const)
		await step(db, staff, action, placementId);
}

/** Somebody at work. @returns the placement's id */
export async function anActivePlacement(
	db: Database,
	people: { staff: PersonActor; graduate: PersonActor },
	{ since = now(), name }: { since?: string; name?: string } = {}
): Promise<string> {
	const { placementId } = await aProposal(db, people, name === undefined ? {} : { name });
	await step(db, people.graduate, 'consent', placementId);
	await begin(db, people.staff, placementId);
	await beganAt(db, placementId, since);
	return placementId;
}

const DAY_MS = 24 * 60 * 60_000;
export const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

/** Moves the moment at which the work began, with a trial or without: what is due follows from it. */
export async function beganAt(db: Database, placementId: string, at: string): Promise<void> {
	await db
		.updateTable('placement_event')
		.set({ happened_at: at })
		.where('placement_id', '=', placementId)
		.where('action', 'in', ['begin_trial', 'activate'])
		.execute();
}
