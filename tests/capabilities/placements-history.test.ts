import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import {
	afterStep,
	PLACEMENT_ACTIONS,
	type PlacementAction,
	type PlacementStep,
	PROPOSED,
	type Standing,
	WHOSE_STEP
} from '#lib/domain/placements.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict } from '#lib/server/errors.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aGraduate, aPerson, aProposal, step } from '../support/placing.ts';

onBothDatabases('the history of placements', (open) => {
	let db: Kysely<Tables>;
	let staff: PersonActor;
	let graduate: PersonActor;
	beforeAll(async () => {
		db = await open();
		staff = await aPerson(db, 'staff');
		graduate = await aGraduate(db);
	});

	const rowOf = (id: string) =>
		db.selectFrom('placement').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
	const eventsOf = (id: string) =>
		db
			.selectFrom('placement_event')
			.where('placement_id', '=', id)
			.orderBy('revision')
			.selectAll()
			.execute();

	test('whatever two people press, in whatever order and however stale, the stored state is what the events say', async () => {
		const press = fc.record({
			action: fc.constantFrom<PlacementStep>(
				...PLACEMENT_ACTIONS.filter((action) => action !== 'propose')
			),
			/** How many revisions old the page is. */
			age: fc.constantFrom(0, 0, 0, 1, 2),
			/** Pressed together with the next one. */
			isTogether: fc.boolean()
		});
		await fc.assert(
			fc.asyncProperty(fc.array(press, { minLength: 1, maxLength: 12 }), async (presses) => {
				const { placementId } = await aProposal(db, { staff, graduate });
				let atOnce: Promise<void>[] = [];
				let revision = 1;
				for (const { action, age, isTogether } of presses) {
					atOnce.push(pressed(action, placementId, Math.max(1, revision - age)));
					if (isTogether) continue;
					await Promise.all(atOnce);
					atOnce = [];
					({ revision } = await rowOf(placementId));
				}
				await Promise.all(atOnce);

				const events = await eventsOf(placementId);
				const row = await rowOf(placementId);
				expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index + 1));
				expect(events.length).toBe(row.revision);
				expect({ state: row.state, showing: row.showing }).toEqual(replay(events));
			}),
			{ numRuns: 60 }
		);
	});

	const isOwn = (action: PlacementStep) => WHOSE_STEP[action] === 'graduate';
	async function pressed(action: PlacementStep, placementId: string, seen: number) {
		try {
			await step(db, isOwn(action) ? graduate : staff, action, placementId, seen);
		} catch (error) {
			if (!(error instanceof Conflict)) throw error;
		}
	}
});

/** Walks the events by the pure rule; an event the rule does not allow fails the test. */
function replay(
	events: { action: PlacementAction; from_state: string | null; to_state: string }[]
) {
	let standing: Standing | undefined;
	for (const event of events) {
		expect(event.from_state).toBe(standing?.state ?? null);
		standing = standing ? afterStep(standing, event.action) : PROPOSED;
		expect(standing?.state).toBe(event.to_state);
	}
	return standing;
}
