/** Her road: what is done, what comes next, and what was said of her work; by phone, without script. */
import { expect, test } from '@playwright/test';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as made from '../support/people.ts';
import { databaseOf } from '../faults/town.ts';
import { button, handInPhoto, link, pageOf } from '../support/hand-in-pages.ts';
import { anAnswer, aPracticeLesson } from '../support/handed-in.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { shot } from '../support/lesson-page.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

let server: Server;
let db: ReturnType<typeof databaseOf>;
test.beforeAll(async () => {
	server = await startServer();
	db = databaseOf(server);
});
test.afterAll(() => server.remove());

test('the instructor asks for steps too; she does one after the other, and her road shows it', async ({
	browser
}, info) => {
	test.setTimeout(180_000);
	const taught = await aPracticeLesson(db);
	const { trainee, instructor, lessonId } = taught;
	const desk = await pageOf(browser, server, instructor);
	const phone = await pageOf(browser, server, trainee, { width: 360, javaScriptEnabled: false });

	await test.step('what is asked for is chosen on the lesson, and saved', async () => {
		await desk.goto(`/teach/lessons/${lessonId}`);
		await link(desk, 'completion_title').click();
		await desk.getByRole('radio', { name: say('completion_watch_50') }).check();
		await desk.getByRole('checkbox', { name: say('completion_steps') }).check();
		await shot(desk, info, 'completion');
		await button(desk, 'general_save').click();
		await expect(desk.getByText(say('completion_saved'))).toBeVisible();
		await expect(desk.getByRole('radio', { name: say('completion_watch_50') })).toBeChecked();
		// Her class moves to the version that asks for it.
		await made.approve(db, taught);
		await made.publish(db, taught);
		await db.deleteFrom('class_version').where('lesson_id', '=', lessonId).execute();
	});

	await test.step('her road says where she is and what there is to do', async () => {
		await phone.goto('/learn');
		await expect(phone.getByText(say('road_here'))).toBeVisible();
		await expect(phone.getByText(say('road_watch', { percent: 0 }))).toBeVisible();
		await expect(phone.getByText(say('road_steps', { done: 0, all: 1 }))).toBeVisible();
		await expect(phone.getByText(say('road_task_none'))).toBeVisible();
		await shot(phone, info, 'road-begin');
		await link(phone, 'learn_start').click();
		await expect(phone).toHaveURL(new RegExp(`/learn/lessons/${lessonId}$`));
	});

	await test.step('without script she says herself that a step is done', async () => {
		const [step] = (await versions.newest(db, lessonId))?.content.steps ?? [];
		await button(phone, 'road_step_mark', { step: step?.title ?? '' }).click();
		await expect(phone).toHaveURL(/#todo$/);
		await expect(phone.getByText(say('road_steps', { done: 1, all: 1 }))).toBeVisible();
		await expect(phone.locator('#todo form')).toBeHidden();
	});

	await test.step('watched as far as is asked for, the task is what is left', async () => {
		const { durationMs } = (await lessons.ofCourse(db, taught.courseId))[0] ?? {};
		const answer = await phone.request.post(`/learn/lessons/${lessonId}/watched`, {
			headers: { origin: server.origin },
			data: {
				ranges: [[0, Math.ceil((durationMs ?? 0) / 2)]],
				...{ positionMs: 0, positionAt: new Date().toISOString() }
			}
		});
		expect(await answer.json()).toMatchObject({ isWatched: true, isCompleted: false });
		await phone.goto('/learn');
		await expect(phone.getByText(say('road_watched'))).toBeVisible();
		await link(phone, 'handin_open').click();
		await expect(phone).toHaveURL(/hand-in$/);
	});
	await phone.context().close();

	await test.step('what was said of her work stands on her road, with the way on', async () => {
		const page = await pageOf(browser, server, trainee, { width: 360 });
		await page.goto(`/learn/lessons/${lessonId}/hand-in`);
		await handInPhoto(page);
		await page.goto('/learn');
		await expect(page.getByText(say('road_waits'))).toBeVisible();
		const { id } = await db
			.selectFrom('practice_submission')
			.where('person_id', '=', trainee.id)
			.select('id')
			.executeTakeFirstOrThrow();
		const tell = async (at: 'first' | 'last', result: 'passed' | 'again', comment: string) => {
			const of = await assessing.forAssessing(db, instructor, id);
			const levels = of.task.criteria.map(
				({ levels: scale }) => (at === 'first' ? scale[0] : scale.at(-1))?.level ?? ''
			);
			const answer = anAnswer(levels, result, { baseRevision: of.revision, comment });
			await assessing.assess(db, of, instructor, answer);
		};
		await tell('last', 'again', '皮再薄一点');
		await page.reload();
		await expect(page.getByText('皮再薄一点')).toBeVisible();
		await expect(page.getByText(say('road_task_again'))).toBeVisible();
		await expect(link(page, 'handin_open_again')).toBeVisible();
		await shot(page, info, 'road-again');
		await tell('first', 'passed', '');
		await page.reload();
		await expect(page.getByText(say('road_done'))).toBeVisible();
		await expect(page.getByText(say('road_at_end'))).toBeVisible();
		await shot(page, info, 'road-end');
	});
});
