/** For each test a storefront of its own, and a shop that runs and can be connected to it. */
import type { Kysely } from 'kysely';
import { afterEach, beforeAll, beforeEach } from 'vitest';
import { EVERYBODY } from '#lib/domain/listing.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { refreshDue, shopOf } from './connected.ts';
import type { OpenDatabase } from './databases.ts';
import { inFolder } from './folders.ts';
import { aPerson, aShop } from './placing.ts';
import { aWooShop, type Good } from './shops.ts';

export const HOUR_MS = 60 * 60_000;
/** So many hours from now, and a moment. */
export const later = (hours: number): Date => new Date(Date.now() + hours * HOUR_MS + 1000);

type Ours = {
	db: Kysely<Tables>;
	storage: Storage;
	folder: string;
	staff: PersonActor;
	storefrontId: string;
	shop: ReturnType<typeof shopOf>;
	woo: Awaited<ReturnType<typeof aWooShop>>;
	/** The worker does what is due, now or at a moment. @returns how many shops were asked */
	refresh(at?: Date): Promise<number>;
	/** What the member of staff was told: kind and subject, newest first. */
	told(): Promise<string[][]>;
	/** The shop changes one of its goods. */
	change(id: number, over: Partial<Good>): void;
};

/** Call it once a suite; what it answers is filled anew before each test. */
export function aConnectableShop(open: OpenDatabase): Ours {
	const folder = inFolder();
	const ours = {} as Ours;
	beforeAll(async () => {
		const db = await open();
		Object.assign(ours, { db, storage: diskStorage(folder()), folder: folder() });
	});
	beforeEach(async () => {
		const { db, storage } = ours;
		await db.deleteFrom('job').execute();
		const staff = await aPerson(db, 'staff');
		const storefrontId = await storefronts.create(db, staff, aShop());
		const woo = await aWooShop();
		const shop = shopOf(db, storage, staff, storefrontId);
		Object.assign(ours, {
			...{ staff, storefrontId, shop, woo },
			refresh: (at?: Date) => refreshDue(db, storage, at),
			told: async () =>
				(await notifications.inboxOf(db, staff, EVERYBODY)).rows.map(({ kind, subjectId }) => [
					kind,
					subjectId
				]),
			change: (id: number, over: Partial<Good>) => {
				woo.goods = woo.goods.map((good) => (good.id === id ? { ...good, ...over } : good));
			}
		});
	});
	afterEach(() => ours.woo.server.close());
	return ours;
}
