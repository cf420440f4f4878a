/** A film of a sign as it arrives: kept only when it is one, and nothing is replaced before. */
import { Readable } from 'node:stream';
import { MAX_CLIP_BYTES } from '#lib/domain/glossary.ts';
import type { EditableCourse } from '../courses/courses.ts';
import type { Database } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import type { Storage } from '../storage/storage.ts';
import { clipPlanFor } from '../transcoding/plan.ts';
import type { Transcoder } from '../transcoding/transcoder.ts';
import { Unusable } from '../transcoding/unusable.ts';
import * as glossary from './glossary.ts';
import * as queries from './glossary.queries.ts';
import { originalOf } from './places.ts';
import * as storageUse from './storage-use.ts';

type Tools = { storage: Storage; transcoder: Pick<Transcoder, 'probe'> };
type Film = {
	/** Made by the sender: what is sent again because the answer was lost is kept once. */
	id: string;
	bytes: Readable;
	/** As announced; what arrives is counted all the same. */
	sizeBytes?: number;
};

/**
 * Takes a film for a word. It is looked into before it takes the place of an earlier one, so that
 * a wrong file costs nothing.
 * @throws NotFound when the course has no such word, or the film's id is another's
 * @throws Invalid (`film`) when it is too large, too long, no video, or the course is full
 */
export async function receive(
	db: Database,
	{ storage, transcoder }: Tools,
	course: EditableCourse,
	termId: string,
	film: Film
): Promise<void> {
	const term = await glossary.termOf(db, course, termId);
	if (term.clip_id === film.id) {
		// Read to its end: a body that is broken off takes the answer's connection with it, and the
		// sender would send the same film for ever.
		for await (const chunk of counted(film.bytes)) void chunk;
		return;
	}
	if (await queries.hasClip(db, film.id)) throw new NotFound();
	if ((film.sizeBytes ?? 0) > MAX_CLIP_BYTES) throw tooLarge();
	await storageUse.assertRoom(db, course.id, film.sizeBytes ?? MAX_CLIP_BYTES);
	const key = originalOf('clip', film.id);
	await storage.put(key, Readable.from(counted(film.bytes)));
	try {
		clipPlanFor(await transcoder.probe(key));
	} catch (error) {
		await storage.remove(key);
		if (error instanceof Unusable) throw new Invalid({ film: `clip_${error.code}` });
		throw error;
	}
	await glossary.useClip(db, storage, term, film.id);
}

const tooLarge = () =>
	new Invalid({ film: { code: 'clip_too_large', values: { limit: MAX_CLIP_BYTES / 1024 ** 2 } } });

/** Lets through as much as a film may have, and breaks off at the next byte. */
async function* counted(bytes: Readable): AsyncGenerator<Uint8Array> {
	let count = 0;
	for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
		count += chunk.byteLength;
		if (count > MAX_CLIP_BYTES) throw tooLarge();
		yield chunk;
	}
}
