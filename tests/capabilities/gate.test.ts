import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, Invalid, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as captions from '#lib/server/media/captions.ts';
import * as timeline from '#lib/server/media/timeline.ts';
import * as exceptions from '#lib/server/publication/exceptions.ts';
import * as publication from '#lib/server/publication/publication.ts';
import * as reviews from '#lib/server/publication/reviews.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as made from '../support/people.ts';
import { aPerson } from '../support/placing.ts';

onBothDatabases('the publish gate', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const edit = ({ instructor, lessonId }: made.Taught) =>
		lessons.forEditing(db, instructor, lessonId);
	const needs = (taught: made.Taught) => publication.needs(db, { id: taught.lessonId });
	const aReadyLesson = async (wishes: Parameters<typeof made.aCourseWithLesson>[1] = {}) => {
		const taught = await made.aCourseWithLesson(db, wishes);
		await made.makeReady(db, taught);
		return taught;
	};
	const write = async (taught: made.Taught, webvtt: string) =>
		captions.put(db, await edit(taught), taught.instructor, {
			...{ language: 'zh-CN', fileName: 'b.vtt' },
			bytes: new TextEncoder().encode(`WEBVTT\n\n${webvtt}`)
		});

	describe('looks at what is there', () => {
		test('captions that run on after the video block it until they are mended', async () => {
			const taught = await aReadyLesson();
			await write(taught, '00:00:58.000 --> 00:01:09.000\n揉面。\n');
			expect(await needs(taught)).toContain('captions_faulty');
			await write(taught, '00:00:50.000 --> 00:00:53.000\n揉面。\n');
			expect(await needs(taught)).not.toContain('captions_faulty');
		});

		test('a line without a time, which nobody would see, blocks it until it has one', async () => {
			const taught = await aReadyLesson();
			const timed = '00:00:50.000 --> 00:00:53.000\n揉面。\n';
			await write(taught, `${timed}\nNOTE lines without a time\n- 包馅。\n`);
			expect(await needs(taught)).toContain('captions_faulty');
			await write(taught, `${timed}\n00:00:54.000 --> 00:00:57.000\n包馅。\n`);
			expect(await needs(taught)).not.toContain('captions_faulty');
		});

		test('a long stretch without a word or a label blocks it, and is named by its time', async () => {
			const taught = await aReadyLesson();
			const begin = '00:00:01.000 --> 00:00:04.000\n揉面。\n';
			await write(taught, begin);
			expect(await needs(taught)).toContain('captions_empty_stretches');
			const { stretches } = await publication.facts(db, { id: taught.lessonId });
			expect(stretches).toContainEqual({
				...{ language: 'zh-CN', rule: 'uncovered', level: 'must' },
				...{ startMs: 4000, endMs: 60_000 }
			});
			await write(taught, `${begin}\n00:00:05.000 --> 00:00:08.000\n<c.quiet>[这里没有话]</c>\n`);
			expect(await needs(taught)).not.toContain('captions_empty_stretches');
		});

		test('work shown without a word may go on for long, which is only told', async () => {
			const taught = await aReadyLesson({ teachingMode: 'silent_demonstration' });
			await write(taught, '00:00:00.000 --> 00:00:04.000\n揉面。\n');
			expect(await needs(taught)).not.toContain('captions_empty_stretches');
			const { advice } = await publication.facts(db, { id: taught.lessonId });
			expect(advice.map(({ code }) => code)).toContain('quietStretches');
		});

		test('that no sound matters is said once, in the captions themselves', async () => {
			const taught = await aReadyLesson();
			const codes = async () => {
				const { advice } = await publication.facts(db, { id: taught.lessonId });
				return advice.map(({ code }) => code);
			};
			const cue = '00:00:00.000 --> 00:00:04.000\n揉面。\n';
			await write(taught, cue);
			expect(await codes()).toContain('soundsUntold');
			await write(taught, `${cue}\nNOTE no sounds that matter\n`);
			expect(await codes()).not.toContain('soundsUntold');
		});

		test('words where a signer signs are told, but not while the hands work', async () => {
			const taught = await aReadyLesson();
			const at = (line: number) => `00:00:00.000 --> 00:00:04.000 line:${line}%\n揉面。\n`;
			const findings = async () => {
				const { advice } = await publication.facts(db, { id: taught.lessonId });
				return advice.find(({ code }) => code === 'captionFindings')?.count ?? 0;
			};
			await write(taught, at(85));
			expect(await findings()).toBe(0);
			await write(taught, at(10));
			expect(await findings()).toBe(1);
			const below = { x: 300, y: 500, width: 400, height: 400 };
			await timeline.putAreas(db, await edit(taught), [{ startMs: 0, endMs: 4000, ...below }]);
			expect(await findings()).toBe(0);
			await write(taught, at(60));
			expect(await findings()).toBe(1);
		});

		test('a caption during which nobody signs blocks it', async () => {
			const taught = await aReadyLesson({ teachingMode: 'spoken_with_sign_track' });
			const sections = [{ lessonMs: 0, mediaMs: 0, lengthMs: 2000 }];
			await timeline.placeSign(db, await edit(taught), { offsetMs: 0, sections });
			expect(await needs(taught)).toContain('sign_incomplete');
			const both = [...sections, { lessonMs: 2500, mediaMs: 2500, lengthMs: 1500 }];
			await timeline.placeSign(db, await edit(taught), { offsetMs: 0, sections: both });
			expect(await needs(taught)).not.toContain('sign_incomplete');
		});

		test('what could be better is told and blocks nothing', async () => {
			const taught = await aReadyLesson();
			const long = '把面粉过筛再倒入糖浆和枧水然后慢慢地翻拌均匀成团。';
			await write(taught, `00:00:00.000 --> 00:00:50.000\n${long}\n`);
			const { advice } = await publication.facts(db, { id: taught.lessonId });
			const of = (code: string) => advice.find((one) => one.code === code);
			expect(of('longSentences')?.count).toBe(1);
			expect(of('rareCharacters')?.examples).toEqual(['枧']);
			expect(of('secondLanguage')).toBeDefined();
			expect(of('noChinese')).toBeUndefined();
		});

		test('a rare word of the trade is spared once trainees find its sign', async () => {
			const taught = await aReadyLesson();
			await write(taught, '00:00:00.000 --> 00:00:04.000\n倒枧水，不用碱。\n');
			const rare = async () => {
				const { advice } = await publication.facts(db, { id: taught.lessonId });
				return advice.find(({ code }) => code === 'rareCharacters')?.examples;
			};
			const { courseId } = taught;
			const text = { term: '碱水', variants: '["枧水"]', explanation: '' };
			const none = { clip_id: null, clip_failure_code: null, clip_digest: null, clip_width: null };
			const clip = { clip_digest: made.DIGEST, clip_width: 640, clip_height: 360, clip_bytes: 1 };
			await db
				.insertInto('glossary_term')
				.values({
					...{ id: newId(), course_id: courseId, position: 0, ...text, ...none },
					...{ clip_state: null, clip_height: null, clip_bytes: null }
				})
				.execute();
			expect(await rare()).toEqual(['枧']);
			await db
				.updateTable('glossary_term')
				.set({ clip_id: newId(), clip_state: 'ready', ...clip })
				.where('course_id', '=', courseId)
				.execute();
			expect(await rare()).toBeUndefined();
		});
	});

	describe('asks a deaf reviewer', () => {
		const reviewing = async (taught: made.Taught, reviewer?: PersonActor) =>
			reviews.forReviewing(db, reviewer ?? (await aPerson(db, 'reviewer')), taught.lessonId);
		const askAgain = async () => {
			const taught = await aReadyLesson();
			await reviews.ask(db, await edit(taught), taught.instructor);
			return taught;
		};

		test('nobody is asked while something else is missing', async () => {
			const taught = await made.aCourseWithLesson(db);
			const asking = reviews.ask(db, await edit(taught), taught.instructor);
			await expect(asking).rejects.toBeInstanceOf(Invalid);
		});

		test('sent back with moments, it waits for being mended and asked for again', async () => {
			const taught = await askAgain();
			const room = await reviewing(taught);
			const { seen } = await reviews.underWay(db, room.lesson);
			const back = { verdict: 'changes_requested', seen } as const;
			await expect(reviews.decide(db, room, back)).rejects.toBeInstanceOf(Invalid);
			await reviews.comment(db, room, { at: 3000, about: 'sign', text: '' });
			await reviews.comment(db, room, { at: 1000, about: 'captions', text: '字太快' });
			await reviews.decide(db, room, back);
			expect(await needs(taught)).toEqual(['review_changes']);
			const lesson = await edit(taught);
			const said = await reviews.latest(db, lesson);
			expect(said?.comments.map(({ atMs }) => atMs)).toEqual([1000, 3000]);
			await reviews.setMended(db, lesson, said?.comments[0]?.id ?? '', true);
			expect((await reviews.latest(db, lesson))?.comments[0]?.mendedAt).not.toBeNull();
			await made.approve(db, taught);
			expect(await needs(taught)).toEqual([]);
		});

		test('nothing is signed off that changed while it was looked at', async () => {
			const taught = await askAgain();
			const room = await reviewing(taught);
			const { seen } = await reviews.underWay(db, room.lesson);
			await write(taught, '00:00:00.000 --> 00:00:02.000\n<c.quiet>[这里没有话]</c>\n');
			const deciding = reviews.decide(db, room, { verdict: 'approved', seen });
			await expect(deciding).rejects.toBeInstanceOf(Conflict);
			expect(await needs(taught)).toEqual(['review_awaited']);
		});

		test('what changes after it was signed off is looked at again', async () => {
			const taught = await aReadyLesson();
			expect(await needs(taught)).toEqual([]);
			await write(taught, '00:00:00.000 --> 00:00:02.000\n<c.quiet>[这里没有话]</c>\n');
			expect(await needs(taught)).toEqual(['review_outdated']);
		});

		test('of two reviewers the second is told that it is done', async () => {
			const taught = await askAgain();
			const [one, other] = [await reviewing(taught), await reviewing(taught)];
			const { seen } = await reviews.underWay(db, one.lesson);
			await reviews.decide(db, one, { verdict: 'approved', seen });
			const late = reviews.decide(db, other, { verdict: 'approved', seen });
			await expect(late).rejects.toBeInstanceOf(Conflict);
		});

		test('nobody reviews her own course, nor what nobody asked about, nor without the role', async () => {
			const taught = await askAgain();
			const herself: PersonActor = { ...taught.instructor, roles: ['instructor', 'reviewer'] };
			await expect(reviewing(taught, herself)).rejects.toBeInstanceOf(NotFound);
			const mine = (await reviews.awaiting(db, herself)).open.map(({ id }) => id);
			expect(mine).not.toContain(taught.lessonId);
			for (const role of ['trainee', 'instructor', 'staff'] as const)
				await expect(reviewing(taught, await aPerson(db, role))).rejects.toBeInstanceOf(NotFound);
			await reviews.takeBack(db, await edit(taught));
			await expect(reviewing(taught)).rejects.toBeInstanceOf(NotFound);
		});
	});

	describe('can be opened by staff', () => {
		test('in one respect, with a reason that is kept, until it is taken back', async () => {
			const taught = await made.aCourseWithLesson(db);
			await made.aReadyTrack(db, taught);
			await made.addSteps(db, taught);
			await made.consentToFilming(db, taught);
			const staff = await aPerson(db, 'staff');
			const room = await exceptions.forLettingThrough(db, staff, taught.lessonId);
			const allow = (topic: 'captions' | 'review') =>
				exceptions.allow(db, room, { topic, reason: '示例原因' });
			await Promise.all([allow('captions'), allow('captions')]);
			await allow('review');
			expect(await needs(taught)).toEqual([]);
			expect(await exceptions.ofLesson(db, taught.lessonId)).toMatchObject([
				{ topic: 'captions', reason: '示例原因', allowedBy: staff.displayName },
				{ topic: 'review' }
			]);
			await made.publish(db, taught);
			await exceptions.revoke(db, room, 'captions');
			expect(await needs(taught)).toEqual(['captions_missing']);
			const all = await db
				.selectFrom('publish_exception')
				.where('lesson_id', '=', taught.lessonId)
				.select(['topic', 'revoked_at'])
				.execute();
			expect(all).toHaveLength(2);
		});

		test('not where nothing is missing, and by nobody else', async () => {
			const taught = await aReadyLesson();
			const room = await exceptions.forLettingThrough(
				db,
				await aPerson(db, 'staff'),
				taught.lessonId
			);
			const allowing = exceptions.allow(db, room, { topic: 'sign', reason: '示例' });
			await expect(allowing).rejects.toBeInstanceOf(Invalid);
			for (const actor of [taught.instructor, await aPerson(db, 'reviewer')]) {
				const entering = exceptions.forLettingThrough(db, actor, taught.lessonId);
				await expect(entering).rejects.toBeInstanceOf(NotFound);
				await expect(exceptions.overview(db, actor)).rejects.toBeInstanceOf(NotFound);
			}
		});
	});
});
