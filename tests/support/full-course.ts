/** A course with one of everything that can stand in one, and films that are films. */
import { readFile } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import type { Tables } from '#lib/server/database/tables.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as materials from '#lib/server/courses/materials.ts';
import * as outline from '#lib/server/courses/outline.ts';
import { newId } from '#lib/server/ids.ts';
import * as attachments from '#lib/server/media/attachments.ts';
import * as taskPictures from '#lib/server/media/task-pictures.ts';
import * as glossary from '#lib/server/media/glossary.ts';
import { originalOf, takeOf } from '#lib/server/media/places.ts';
import * as steps from '#lib/server/media/steps.ts';
import * as timeline from '#lib/server/media/timeline.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { aPdf, aPhoto } from './attached.ts';
import * as films from './films.ts';
import * as made from './people.ts';
import { aTask } from './tasks.ts';

export async function aFullCourse(db: Kysely<Tables>, storage: Storage) {
	const first = await made.aCourseWithLesson(db, { teachingMode: 'spoken_with_sign_track' });
	const { instructor, courseId } = first;
	const course = () => courses.forEditing(db, instructor, courseId);
	await courses.change(db, await course(), {
		...{ title: '广式月饼', summary: '从和面到烘烤', skillField: 'baking' },
		prepares: { occupation: '糕点面包烘焙工', level: 2 }
	});
	await courses.setCover(db, storage, await course(), await readFile('src/setup/demo/cover.webp'));
	await outline.addUnit(db, await course(), '第一单元');
	await outline.addUnit(db, await course(), '空的单元');
	const second = await made.addLesson(db, first, 'silent_demonstration');

	const [film, sign] = [await films.demonstration(2), await films.webm(2)];
	const demonstrationId = await made.aReadyTrack(db, first);
	const signId = await made.aReadyTrack(db, first, 'sign');
	const signOriginal = await readFile(sign);
	await storage.put(originalOf('track', demonstrationId), await readFile(film));
	await storage.put(originalOf('track', signId), signOriginal);
	for (const id of [demonstrationId, signId])
		await storage.put(`renditions/${id}/${made.DIGEST}/poster.jpg`, Buffer.from('made of it'));

	const lesson = await lessons.forEditing(db, instructor, first.lessonId);
	await made.addCaptions(db, first);
	await made.addCaptions(db, first, 'en');
	await steps.put(db, lesson, [
		{
			title: '和面',
			startMs: 0,
			endMs: 900,
			note: '水要温',
			pictureAtMs: 300,
			hazards: ['hot', 'hygiene']
		},
		{
			...{ title: '烤', startMs: 900, endMs: 2000, note: '' },
			timer: { label: '烤箱', durationMs: 900_000 }
		}
	]);
	await db
		.updateTable('lesson_step')
		.set({ picture_track_id: demonstrationId })
		.where('lesson_id', '=', lesson.id)
		.execute();
	await timeline.putTurns(db, lesson, [
		{ startMs: 0, endMs: 1000, sign: { startMs: 0, endMs: 500 } },
		{ startMs: 1000, endMs: 2000, hands: { startMs: 1200, endMs: 1900 } }
	]);
	await timeline.putAreas(db, lesson, [
		{ startMs: 0, endMs: 1000, x: 10, y: 20, width: 300, height: 400 }
	]);
	await timeline.placeSign(db, lesson, {
		offsetMs: 250,
		sections: [{ lessonMs: 0, mediaMs: 100, lengthMs: 800 }]
	});
	await materials.put(db, lesson, {
		count: 12,
		product: '月饼',
		rows: [
			{ kind: 'material', name: '面粉', amount: 250_000, unit: 'g', note: '过筛' },
			{ kind: 'material', name: '蛋黄水', amount: null, unit: null, note: '' },
			{ kind: 'tool', name: '模具', amount: null, unit: null, note: '50 克' }
		]
	});
	const fileName = '薄皮.jpg';
	const bytes = await aPhoto();
	const example = await attachments.addExample(db, storage, lesson, instructor, {
		fileName,
		bytes
	});
	const shown = { 'criteria.0.greatPicture': example, 'criteria.0.greatAlt': '一样薄的皮' };
	await taskPictures.put(db, lesson, instructor, aTask({ ...shown, assessors: '2' }));
	for (const [fileName, bytes] of [
		['配方.pdf', aPdf()],
		['图样.jpg', await aPhoto()]
	] as const)
		await attachments.add(db, storage, lesson, instructor, { fileName, bytes });
	await db
		.insertInto('composite')
		.values({
			...{ id: newId(), lesson_id: lesson.id, layout: 'side', state: 'ready', digest: 'c' },
			...{ demonstration_digest: made.DIGEST, sign_digest: made.DIGEST, width: 10, height: 10 }
		})
		.execute();

	const uploadId = newId();
	const takeId = newId();
	await uploads.begin(db, instructor, uploadId, {
		...{ lessonId: lesson.id, kind: 'sign', fileName: '录制.webm', sizeBytes: signOriginal.length },
		take: {
			...{ id: takeId, startMs: 0, endMs: 1000, alignMs: 100 },
			...{ trimStartMs: 100, trimEndMs: 1100 }
		}
	});
	await uploads.receive(db, uploadId);
	await storage.put(takeOf(takeId), signOriginal);
	await db
		.updateTable('take')
		.set({ state: 'ready', duration_ms: 2000, width: 480, height: 360, track_id: signId })
		.where('id', '=', takeId)
		.execute();

	await glossary.put(db, storage, await course(), [
		{ term: '面团', variants: ['dough', '面'], explanation: '面粉加水' },
		{ term: '擀', variants: [], explanation: '' }
	]);
	const [term] = await glossary.list(db, await course());
	await glossary.setClip(db, storage, await course(), term?.id ?? '', signOriginal);
	return { instructor, courseId, first, second, demonstrationId, signId };
}
