/** What is held about a person: seen, taken home, and put right by herself. Nobody else asks here. */
import { type Topic, TOPICS } from '#lib/domain/own-data.ts';
import type { PersonActor } from '../access/actor.ts';
import * as records from '../certificates/records.ts';
import type { Database } from '../database/database.ts';
import { countOf, type Row, rowsOf } from '../database/rows-of-person.ts';
import { now } from '../ids.ts';
import * as works from '../practice/works.ts';
import type { Storage } from '../storage/storage.ts';
import { type Archive, StreamedZip } from '../streamed-zip.ts';
import { HELD, type Holding } from './holdings.ts';

/** How many entries there are of each topic; topics without any are left out. */
export async function summaryOf(
	db: Database,
	{ id }: PersonActor
): Promise<{ topic: Topic; count: number }[]> {
	const counts = new Map<Topic, number>();
	for (const holding of HELD) {
		const count = await countOf(db, holding, id);
		counts.set(holding.topic, (counts.get(holding.topic) ?? 0) + count);
	}
	return TOPICS.map((topic) => ({ topic, count: counts.get(topic) ?? 0 })).filter(
		({ count }) => count > 0
	);
}

type Held = Record<Topic, Record<string, Row[]>>;

/** A row without what is a secret or names somebody else. */
const given =
	({ without = [] }: Holding) =>
	(row: Row): Row =>
		Object.fromEntries(Object.entries(row).filter(([column]) => !without.includes(column)));

/** Every row about her, by topic and table; of one moment. */
export const everythingOf = (db: Database, { id }: PersonActor): Promise<Held> =>
	db.transaction().execute(async (step) => {
		const held = Object.fromEntries(TOPICS.map((topic) => [topic, {}])) as Held;
		for (const holding of HELD) {
			const rows = await rowsOf(step, holding, id);
			if (rows.length > 0) held[holding.topic][holding.table] = rows.map(given(holding));
		}
		return held;
	});

/**
 * All of it as a ZIP archive: `data.json`, and each picture, film and copy as it is kept. A file that
 * cannot be read breaks it off.
 */
export async function archiveOf(db: Database, storage: Storage, by: PersonActor): Promise<Archive> {
	const held = await everythingOf(db, by);
	const zip = new StreamedZip();
	const text = `${JSON.stringify({ madeAt: now(), ...held }, null, '\t')}\n`;
	zip.addText('data.json', Buffer.byteLength(text), () => text);
	for (const key of [...(await works.keysOf(db, by)), ...(await records.keysOf(db, by))]) {
		const found = await storage.stat(key);
		if (found) zip.add(key, found.sizeBytes, async (keep) => keep(await storage.read(key)));
	}
	return zip.end();
}
