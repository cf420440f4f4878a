/** A video made anew from what was sent, as it would be made today. */
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Storage } from '../storage/storage.ts';
import { originalOf } from './places.ts';
import * as storageUse from './storage-use.ts';
import { moveTakes } from './takes.queries.ts';
import { PREPARE_TRACK } from './tracks.ts';
import { readyTrack } from './processing.queries.ts';
import * as uploads from './uploads.queries.ts';

/**
 * Puts another video of the same original in the place of one that is ready. The earlier one is kept
 * as any that was replaced: files once published never change, and classes go on seeing theirs.
 * Where a sign track stands in the lesson stays as it is. Pressed twice, it is done once.
 * @returns the new video's id
 * @throws NotFound when it is not the lesson's, or not ready
 * @throws Invalid when what was sent is no longer there, or the course has no room for another
 */
export async function makeAgain(
	db: Database,
	storage: Storage,
	lesson: EditableLesson,
	by: PersonActor,
	trackId: string
): Promise<string> {
	const track = await readyTrack(db, lesson.id, trackId);
	if (!track) throw new NotFound();
	if (!(await storage.stat(originalOf('track', trackId))))
		throw new Invalid({ '': 'original_gone' });
	await storageUse.assertRoom(db, lesson.courseId, track.sizeBytes);
	const [id, uploadId, at] = [newId(), newId(), now()];
	// Before the row: a copy without a row harms nobody, the other way round there is nothing to make.
	await storage.copy(originalOf('track', trackId), originalOf('track', id));
	const { kind, fileName, sizeBytes, sentAt } = track;
	const file = { lessonId: lesson.id, kind, fileName, sizeBytes };
	const isFirst = await db.transaction().execute(async (step) => {
		if (!(await readyTrack(step, lesson.id, trackId))) return false;
		await uploads.replaceTracks(step, lesson.id, kind, at);
		await uploads.addUpload(step, {
			// It is the same film as was sent then: whoever agreed to be seen in it need not do so again.
			...{ ...file, id: uploadId, personId: by.id, createdAt: sentAt, finishedAt: at }
		});
		await uploads.addTrack(step, { ...file, id, uploadId, createdBy: by.id, createdAt: at });
		await moveTakes(step, trackId, id);
		await enqueue(step, PREPARE_TRACK, { trackId: id }, false, by.id);
		return true;
	});
	if (isFirst) return id;
	await storage.remove(originalOf('track', id));
	throw new NotFound();
}
