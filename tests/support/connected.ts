/** Shops that are connected to real servers, and the worker that asks them. */
import type { SourceKind } from '#lib/domain/products.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as jobs from '#lib/server/jobs/jobs.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import * as connection from '#lib/server/storefronts/connection.ts';
import { type Outside, outside } from '#lib/server/storefronts/outside/outside.ts';
import * as products from '#lib/server/storefronts/products.ts';
import { refreshNow } from '#lib/server/storefronts/refresh.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';

export const askLoopback: Outside = outside({ mayLoopback: true, timeoutMs: 2000 });

/** Does what is due at a moment, where there is no other work. @returns how many shops were asked */
export async function refreshDue(
	db: Database,
	storage: Storage,
	at = new Date(),
	ask: Outside = askLoopback
): Promise<number> {
	// All that is due before any of it is done: what is queued then belongs to another round.
	const due: jobs.Job[] = [];
	for (let job; (job = await jobs.claim(db, at));) due.push(job);
	for (const job of due) {
		await refreshNow(db, { storage, outside: ask }, job.payload);
		await jobs.finish(db, job);
	}
	return due.length;
}

/** One shop in the hands of one member of staff, as her pages ask and do. */
export function shopOf(db: Database, storage: Storage, staff: PersonActor, storefrontId: string) {
	const editable = () => storefronts.forEditing(db, staff, storefrontId);
	return {
		connect: async (
			address: string,
			kind: SourceKind = 'woocommerce',
			token: string | null = null
		) => connection.connect(db, await editable(), { kind, address, token }),
		tryOut: async (address: string, kind: SourceKind = 'woocommerce') =>
			connection.tryOut(db, askLoopback, await editable(), { kind, address, token: null }),
		refresh: async () => connection.refresh(db, await editable()),
		takeCurrency: async () => connection.takeCurrency(db, await editable()),
		disconnect: async () => connection.disconnect(db, storage, await editable()),
		state: async () => connection.of(db, await editable()),
		products: async () => products.of(db, await editable()),
		titles: async () => (await products.of(db, await editable())).map(({ title }) => title),
		suspend: async () => storefronts.suspend(db, await editable()),
		resume: async () => storefronts.resume(db, await editable()),
		editable
	};
}
