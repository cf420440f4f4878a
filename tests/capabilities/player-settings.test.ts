import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_SETTINGS_CHARACTERS, PlayerSettings } from '#lib/domain/player-settings.ts';
import { DEFAULTS } from '#lib/player/model.ts';
import { settingsFrom } from '#lib/player/remembered.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import * as playerSettings from '#lib/server/people/player-settings.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aTrainee } from '../support/people.ts';

const many = (count: number, value: unknown) =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [`name${index}`, value]));

describe('at the edge', () => {
	test('all that the player keeps is taken as it is', () => {
		const all = { ...DEFAULTS, keys: { play: 'p' } };
		expect(read(PlayerSettings, JSON.parse(JSON.stringify(all)))).toEqual(all);
	});

	test.each<[string, unknown]>([
		['no object', 'layout'],
		['a list', [1]],
		['nothing', null],
		['a list inside', { layout: ['side'] }],
		['groups in groups', { look: { window: { colour: 'red' } } }],
		['a long text', { layout: 'x'.repeat(101) }],
		['a number that is none', { rate: Infinity }],
		['too many names', many(61, true)],
		[`more than ${MAX_SETTINGS_CHARACTERS} characters`, many(60, many(10, 'x'.repeat(100)))]
	])('%s is refused', (_, given) => {
		expect(() => read(PlayerSettings, given)).toThrow(Invalid);
	});

	test('a prototype is no choice', () => {
		const hostile: unknown = JSON.parse('{"__proto__": {"rate": 2}, "rate": 1}');
		expect(read(PlayerSettings, hostile)).toEqual({ rate: 1 });
	});
});

onBothDatabases('what a person chose in the player', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});

	test('is hers alone, and the last choice counts', async () => {
		const [one, other] = [await aTrainee(db), await aTrainee(db)];
		expect(await playerSettings.forPerson(db, one)).toBeUndefined();
		await playerSettings.save(db, one, { layout: 'corner', rate: 0.5 });
		await playerSettings.save(db, one, { layout: 'large', small: { x: 0, y: 1 } });
		expect(await playerSettings.forPerson(db, one)).toEqual({
			layout: 'large',
			small: { x: 0, y: 1 }
		});
		expect(await playerSettings.forPerson(db, other)).toBeUndefined();
	});

	test('is whole again in the player, whatever of it is known there', async () => {
		const person = await aTrainee(db);
		await playerSettings.save(db, person, { layout: 'corner', rate: 99, gone: true });
		const kept = settingsFrom(await playerSettings.forPerson(db, person));
		expect(kept).toEqual({ ...DEFAULTS, layout: 'corner' });
	});

	test('goes with the person', async () => {
		const person = await aTrainee(db);
		await playerSettings.save(db, person, { rate: 1 });
		await db.deleteFrom('role_grant').where('person_id', '=', person.id).execute();
		await db.deleteFrom('person').where('id', '=', person.id).execute();
		expect(await playerSettings.forPerson(db, person)).toBeUndefined();
	});
});
