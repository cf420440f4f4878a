/** Which files of tracks, composites and clips somebody may fetch. */
import type { Actor } from '../access/actor.ts';
import { mayWatchLesson } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { filesOf, type Streamed } from './places.ts';
import * as queries from './streaming.queries.ts';
import { streamingFacts } from './tracks.queries.ts';

/** Tracks first: nearly everything that is asked for is a segment of one. */
async function found(
	db: Database,
	id: string,
	personId: string
): Promise<{ kind: Streamed; facts: queries.Facts } | undefined> {
	const track = await streamingFacts(db, { trackId: id, personId });
	if (track) return { kind: 'track', facts: track };
	const composite = await queries.compositeFacts(db, { id, personId });
	if (composite) return { kind: 'composite', facts: composite };
	const clip = await queries.clipFacts(db, { id, personId });
	return clip && { kind: 'clip', facts: clip };
}

/**
 * The storage key of `/media/<id>/<digest>/<file>`, for whoever may watch the lesson (of a clip:
 * any lesson of its course).
 * @throws NotFound otherwise
 */
export async function forStreaming(
	db: Database,
	actor: Actor,
	id: string,
	digest: string,
	file: string
): Promise<string> {
	if (actor.type !== 'person') throw new NotFound();
	const asked = await found(db, id, actor.id);
	if (!asked || asked.facts.digest !== digest) throw new NotFound();
	const { instructorId, publicationId, enrolmentId } = asked.facts;
	const isAllowed = mayWatchLesson(actor, {
		instructorIds: instructorId === null ? [] : [actor.id],
		isPublished: publicationId !== null,
		isEnrolled: enrolmentId !== null
	});
	if (!isAllowed) throw new NotFound();
	return `${filesOf(asked.kind, id, digest)}/${file}`;
}
