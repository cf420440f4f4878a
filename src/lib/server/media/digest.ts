import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Storage } from '../storage/storage.ts';

/** Names an outcome by its source's content and by what is made of it. */
export async function digestOf(storage: Storage, source: string, plan: string): Promise<string> {
	const { path, release } = await storage.localCopy(source);
	try {
		const hash = createHash('sha256').update(plan);
		await pipeline(createReadStream(path), hash);
		return hash.digest('hex').slice(0, 24);
	} finally {
		await release();
	}
}
