/**
 * Pictures of products. Nobody's browser is sent to a shop for them: a copy is kept, made anew and
 * small, so that a shop neither learns who looks nor can put anything else in its place.
 */
import { createHash } from 'node:crypto';
import { isPicture } from '#lib/domain/products.ts';
import type { Database } from '../database/database.ts';
import { Invalid } from '../errors.ts';
import { now } from '../ids.ts';
import { pictureOf } from '../pictures.ts';
import type { Storage } from '../storage/storage.ts';
import { OutsideFailure } from './outside/failure.ts';
import type { Outside } from './outside/outside.ts';
import * as queries from './products.queries.ts';

const SIDE = 640;
const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
/** A shop with a hundred new pictures, or slow ones, waits: others have their turn too. */
export const PICTURES_AT_ONCE = 20;
const AT_ONCE_MS = 20_000;
/** A picture may change under the same address, and one that was not to be had may come. */
const AGAIN_AFTER_MS = 24 * 60 * 60_000;

const folderOf = (productId: string): string => `products/${productId}`;
export const keyOf = (productId: string, file: string): string => `${folderOf(productId)}/${file}`;

/** Upright, small, and rid of all else in its file. @throws Invalid for what is no picture */
async function cleaned(bytes: Uint8Array): Promise<Buffer> {
	if (!isPicture(bytes)) throw new Invalid({ picture: 'not_a_picture' });
	return pictureOf(bytes)
		.rotate()
		.resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true })
		.webp({ quality: 78 })
		.toBuffer()
		.catch(() => {
			throw new Invalid({ picture: 'not_a_picture' });
		});
}

/** @returns the file's name: other bytes, another name @throws Invalid for what is no picture */
export async function store(storage: Storage, id: string, bytes: Uint8Array): Promise<string> {
	const picture = await cleaned(bytes);
	const digest = createHash('sha256').update(picture).digest('hex').slice(0, 24);
	const file = `${digest}.webp`;
	await storage.put(keyOf(id, file), picture);
	return file;
}

/** A product's picture that another has taken the place of. */
export async function forget(
	storage: Storage,
	id: string,
	{ old, kept }: { old: string | null; kept: string | null }
): Promise<void> {
	if (old !== null && old !== kept) await storage.remove(keyOf(id, old));
}

/** All that is kept of products that are gone. */
export async function forgetAll(storage: Storage, productIds: readonly string[]): Promise<void> {
	for (const id of productIds) await storage.remove(folderOf(id));
}

type Tools = { storage: Storage; outside: Outside };
type Wanted = Awaited<ReturnType<typeof queries.picturesWanted>>[number];

/**
 * Fetches what is missing of a shop's pictures, a few at a time. One that cannot be had is no reason
 * to show the product without its price: the earlier one stays, or none.
 * @returns whether there are more to be fetched
 */
export async function fetchMissing(
	db: Database,
	tools: Tools,
	storefrontId: string,
	signal?: AbortSignal
): Promise<boolean> {
	for (const { id, pictureAddress } of await queries.picturesLeft(db, storefrontId)) {
		await queries.setPicture(db, { id, pictureAddress }, { file: null, at: null });
		await forgetAll(tools.storage, [id]);
	}
	const triedBefore = new Date(Date.now() - AGAIN_AFTER_MS).toISOString();
	const until = Date.now() + AT_ONCE_MS;
	const limit = PICTURES_AT_ONCE + 1;
	const wanted = await queries.picturesWanted(db, storefrontId, triedBefore, limit);
	for (const [count, one] of wanted.entries()) {
		if (count === PICTURES_AT_ONCE || Date.now() > until) return true;
		await fetchOne(db, tools, one, signal);
	}
	return false;
}

async function fetchOne(db: Database, tools: Tools, product: Wanted, signal?: AbortSignal) {
	const { id, pictureAddress: address, pictureFile: old } = product;
	if (address === null) return;
	const file = await tools
		.outside({ address, accept: PICTURE_TYPES, signal })
		.then(({ bytes }) => store(tools.storage, id, bytes))
		.catch((error: unknown) => {
			if (error instanceof OutsideFailure || error instanceof Invalid) return undefined;
			throw error;
		});
	const isKept = await queries.setPicture(db, product, { file, at: now() });
	if (file === undefined) return;
	await forget(tools.storage, id, isKept ? { old, kept: file } : { old: file, kept: old });
}
