import type { Kysely } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { MAX_DEVICES } from '#lib/domain/cards.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import { VISITOR } from '#lib/server/access/actor.ts';
import * as cards from '#lib/server/classes/cards.ts';
import * as cardUse from '#lib/server/classes/card-use.ts';
import * as ownCards from '#lib/server/classes/own-cards.ts';
import * as classes from '#lib/server/classes/classes.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotAllowed, NotFound, TooMany } from '#lib/server/errors.ts';
import { hashToken, newId } from '#lib/server/ids.ts';
import * as people from '#lib/server/people/people.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aClass, aPublishedLesson, aStaffMember, aTrainee } from '../support/people.ts';

onBothDatabases('login cards', (open) => {
	let db: Kysely<Tables>;
	let courseId: string;
	let staff: PersonActor;
	let address: string;
	beforeAll(async () => {
		db = await open();
		({ courseId } = await aPublishedLesson(db));
		staff = await aStaffMember(db);
	});
	beforeEach(() => {
		address = newId();
		vi.useFakeTimers({ toFake: ['Date'] });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	/** A class with trainees in it, seen by its staff. */
	const aClassOf = async (count: number) => {
		const { classId } = await aClass(db, courseId, staff);
		const trainees = await Promise.all(Array.from({ length: count }, () => aTrainee(db)));
		for (const trainee of trainees) await classes.join(db, trainee, classId);
		return { trainees, classId, own: await cards.forMaking(db, staff, classId) };
	};
	const aCard = async () => {
		const { own, classId, trainees } = await aClassOf(1);
		const [trainee] = trainees as [PersonActor];
		const [card] = await cards.make(db, own, [trainee.id]);
		return { own, classId, trainee, secret: card?.secret ?? '' };
	};
	const given = (secret: string, device?: string) => ({ secret, device, address });
	const kinds = async (own: cards.CardsOfClass, personId: string) => {
		const { events } = await cards.ofPerson(db, own, personId);
		return events.map(({ kind }) => kind).sort();
	};
	/** Begins on a device that was never here. @returns what that device is given to keep */
	const begin = async (secret: string, device?: string) => {
		const used = await cardUse.use(db, given(secret, device));
		if (used.state !== 'in') throw new Error(used.state);
		return used;
	};

	test('a card says whose it is, and the first device it is used on is in', async () => {
		const { secret, trainee } = await aCard();
		const ready = { state: 'ready', displayName: trainee.displayName };
		expect(await cardUse.look(db, given(secret))).toEqual(ready);
		const { personId, device } = await begin(secret);
		expect(personId).toBe(trainee.id);
		expect(await cardUse.look(db, given(secret, device))).toEqual(ready);
	});

	test('looking uses nothing up, however often and from however many', async () => {
		const { own, secret, trainee } = await aCard();
		for (let n = 0; n < 40; n++) await cardUse.look(db, given(secret, newId()));
		expect(await kinds(own, trainee.id)).toEqual(['made']);
		await begin(secret);
	});

	test('it goes on working on its own device, and a second one is refused', async () => {
		const { own, secret, trainee } = await aCard();
		const { device } = await begin(secret);
		const elsewhere = { state: 'elsewhere', displayName: trainee.displayName };
		expect(await cardUse.look(db, given(secret))).toMatchObject(elsewhere);
		expect(await cardUse.use(db, given(secret, 'another device'))).toMatchObject(elsewhere);
		expect((await begin(secret, device)).personId).toBe(trainee.id);
		expect(await kinds(own, trainee.id)).toEqual(['bound', 'made', 'refused', 'used']);
	});

	test('of two devices that are first at the same moment, one is', async () => {
		const { secret } = await aCard();
		const answers = await Promise.all([1, 2, 3].map(() => cardUse.use(db, given(secret))));
		expect(answers.map(({ state }) => state).sort()).toEqual(['elsewhere', 'elsewhere', 'in']);
	});

	test('staff see who asks for another device, and allow one more, up to five', async () => {
		const { own, secret, trainee } = await aCard();
		await begin(secret);
		const row = async () => (await cards.ofClass(db, own))[0];
		expect(await row()).toMatchObject({ deviceCount: 1, isAskedForMore: false });
		await cardUse.ask(db, given(secret));
		expect(await row()).toMatchObject({ isAskedForMore: true });
		vi.setSystemTime(Date.now() + 1000);
		await cards.allowOneMore(db, own, trainee.id);
		expect(await row()).toMatchObject({ isAskedForMore: false, devicesAllowed: 2 });
		await begin(secret);
		expect(await cardUse.look(db, given(secret))).toMatchObject({ state: 'elsewhere' });
		for (let n = 2; n < MAX_DEVICES; n++) await cards.allowOneMore(db, own, trainee.id);
		await expect(cards.allowOneMore(db, own, trainee.id)).rejects.toBeInstanceOf(Invalid);
	});

	test('a card that is taken back is gone, and whoever was signed in by it is out', async () => {
		const { own, secret, trainee } = await aCard();
		const { device } = await begin(secret);
		const { value } = await sessions.begin(db, trainee.id, false);
		await cards.revoke(db, own, trainee.id);
		expect(await cardUse.look(db, given(secret, device))).toEqual({ state: 'gone' });
		expect(await cardUse.use(db, given(secret, device))).toEqual({ state: 'gone' });
		expect(await sessions.whoIs(db, value, false)).toBeUndefined();
		await expect(cards.revoke(db, own, trainee.id)).rejects.toBeInstanceOf(NotFound);
		await expect(cards.allowOneMore(db, own, trainee.id)).rejects.toBeInstanceOf(NotFound);
	});

	const ANDROID = 'Mozilla/5.0 (Linux; Android 14; X) AppleWebKit/537.36 Chrome/140 Mobile Safari';
	const firstUsed = async (secret: string) => {
		const used = await cardUse.use(db, { ...given(secret), agent: ANDROID });
		if (used.state !== 'in') throw new Error(used.state);
		return used;
	};

	test('whoever holds a card sees when and on what it was used first; so do staff', async () => {
		const { own, secret, trainee } = await aCard();
		const at = new Date().toISOString();
		const { device } = await firstUsed(secret);
		const first = { device: { kind: 'phone', system: 'Android' }, at };
		expect(await cardUse.look(db, given(secret))).toMatchObject({ state: 'elsewhere', first });
		expect((await cards.ofClass(db, own))[0]).toMatchObject({ firstUsedAt: at });
		vi.setSystemTime(Date.now() + 60_000);
		await begin(secret, device);
		const lastUsedAt = new Date().toISOString();
		const seen = { device: first.device, boundAt: at, lastUsedAt };
		expect((await cards.ofPerson(db, own, trainee.id)).devices).toEqual([seen]);
		const [mine] = await ownCards.of(db, trainee, device);
		expect(mine?.devices).toEqual([{ ...seen, isHere: true }]);
		expect((await ownCards.of(db, trainee, 'another'))[0]?.devices[0]?.isHere).toBe(false);
	});

	test('who finds her card used before her stops it with the card in her hand', async () => {
		const { own, secret, trainee } = await aCard();
		const { device } = await firstUsed(secret);
		const { value } = await sessions.begin(db, trainee.id, false);
		await cardUse.stop(db, given('wrong'));
		expect(await cardUse.look(db, given(secret))).toMatchObject({ state: 'elsewhere' });
		await cardUse.stop(db, given(secret));
		expect(await cardUse.use(db, given(secret, device))).toEqual({ state: 'gone' });
		expect(await sessions.whoIs(db, value, false)).toBeUndefined();
		const { events } = await cards.ofPerson(db, own, trainee.id);
		expect(events.find(({ kind }) => kind === 'revoked')).toMatchObject({ doneBy: null });
	});

	test('a trainee stops her own card, and nobody else’s', async () => {
		const { secret, trainee } = await aCard();
		await firstUsed(secret);
		const [card] = await ownCards.of(db, trainee, undefined);
		const id = card?.id ?? '';
		await expect(ownCards.stop(db, await aTrainee(db), id)).rejects.toBeInstanceOf(NotFound);
		await expect(ownCards.stop(db, VISITOR, id)).rejects.toBeInstanceOf(NotFound);
		await ownCards.stop(db, trainee, id);
		expect(await cardUse.look(db, given(secret))).toEqual({ state: 'gone' });
		expect(await ownCards.of(db, trainee, undefined)).toEqual([]);
		await expect(ownCards.stop(db, trainee, id)).rejects.toBeInstanceOf(NotFound);
	});

	test('a new card works on a new device, and the old one no more', async () => {
		const { own, secret, trainee } = await aCard();
		const { device } = await begin(secret);
		const [renewed] = await cards.make(db, own, [trainee.id]);
		expect(await cardUse.use(db, given(secret, device))).toEqual({ state: 'gone' });
		expect((await begin(renewed?.secret ?? '')).personId).toBe(trainee.id);
	});

	test('a shared tablet holds several cards', async () => {
		const { own } = await aClassOf(2);
		const [one, two] = await cards.makeMissing(db, own);
		const { device, personId } = await begin(one?.secret ?? '');
		expect(personId).toBe(one?.personId);
		expect((await begin(two?.secret ?? '', device)).personId).toBe(two?.personId);
	});

	test('the whole class gets cards at once; who has one keeps it', async () => {
		const { own, trainees } = await aClassOf(3);
		const [first] = trainees as [PersonActor];
		const [kept] = await cards.make(db, own, [first.id]);
		const sheet = await cards.makeMissing(db, own);
		expect(sheet.map(({ personId }) => personId).sort()).toEqual(
			trainees
				.slice(1)
				.map(({ id }) => id)
				.sort()
		);
		expect((await begin(kept?.secret ?? '')).personId).toBe(first.id);
		await expect(cards.makeMissing(db, own)).rejects.toBeInstanceOf(Invalid);
	});

	test('neither the secret of a card nor that of a device is kept, only hashes', async () => {
		const { secret } = await aCard();
		const { device } = await begin(secret);
		const [rows, devices] = await Promise.all([
			db.selectFrom('card').selectAll().execute(),
			db.selectFrom('card_device').selectAll().execute()
		]);
		const kept = JSON.stringify([rows, devices]);
		expect(kept).toContain(hashToken(secret));
		expect(kept).toContain(hashToken(device));
		expect(kept).not.toContain(secret);
		expect(kept).not.toContain(device);
	});

	test('every step is kept, with who and when', async () => {
		const { own, secret, trainee } = await aCard();
		await begin(secret);
		await cards.revoke(db, own, trainee.id);
		const { events } = await cards.ofPerson(db, own, trainee.id);
		const by = Object.fromEntries(events.map(({ kind, doneBy }) => [kind, doneBy]));
		expect(by).toEqual({ made: staff.displayName, bound: null, revoked: staff.displayName });
		for (const { at } of events) expect(Date.parse(at)).not.toBeNaN();
	});

	test('a card opens nothing but learning: no card for whoever may do more, nor one from before', async () => {
		const { own, secret, trainee } = await aCard();
		const { device } = await begin(secret);
		await people.addRole(db, trainee.id, 'instructor', staff.id);
		expect(await cardUse.use(db, given(secret, device))).toEqual({ state: 'gone' });
		await expect(cards.make(db, own, [trainee.id])).rejects.toBeInstanceOf(Invalid);
		expect((await cards.ofClass(db, own))[0]).toMatchObject({ mayHaveCard: false });
	});

	test('who guesses secrets must stop after 20; a class that scans in one room need not', async () => {
		const { secret } = await aCard();
		for (let n = 0; n < 60; n++) await cardUse.look(db, given(secret));
		for (let n = 0; n < 20; n++)
			expect(await cardUse.look(db, given(`wrong ${n}`))).toEqual({ state: 'gone' });
		await expect(cardUse.look(db, given(secret))).rejects.toBeInstanceOf(TooMany);
		await expect(cardUse.use(db, given(secret))).rejects.toBeInstanceOf(TooMany);
	});

	test('one card is not used without end', async () => {
		const { secret } = await aCard();
		const { device } = await begin(secret);
		for (let n = 1; n < 30; n++) await begin(secret, device);
		await expect(cardUse.use(db, given(secret, device))).rejects.toBeInstanceOf(TooMany);
		await expect(cardUse.ask(db, given(secret))).rejects.toBeInstanceOf(TooMany);
	});

	test('only staff make cards, and only for people of the class', async () => {
		const { classId, trainees, own } = await aClassOf(1);
		for (const actor of [VISITOR, ...trainees])
			await expect(cards.forMaking(db, actor, classId)).rejects.toBeInstanceOf(NotAllowed);
		await expect(cards.forMaking(db, staff, newId())).rejects.toBeInstanceOf(NotFound);
		const stranger = await aTrainee(db);
		await expect(cards.make(db, own, [stranger.id])).rejects.toBeInstanceOf(NotFound);
		await expect(cards.ofPerson(db, own, stranger.id)).rejects.toBeInstanceOf(NotFound);
	});
});
