/**
 * A small town for the accessibility tests: the demo installation, and every page in every state a
 * person can find it in. Run as a script on an empty DATA_FOLDER; prints the town as JSON.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '#lib/domain/roles.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import { openApp } from '#lib/server/app.ts';
import * as catalogue from '#lib/server/catalogue/catalogue.ts';
import * as certificates from '#lib/server/certificates/certificates.ts';
import * as cards from '#lib/server/classes/cards.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as roster from '#lib/server/classes/roster.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as practice from '#lib/server/courses/practice.ts';
import { importNow } from '#lib/server/exchange/import.ts';
import * as imports from '#lib/server/exchange/imports.ts';
import { newId } from '#lib/server/ids.ts';
import { COMPOSE } from '#lib/server/media/composites.ts';
import * as glossary from '#lib/server/media/glossary.ts';
import * as people from '#lib/server/people/people.ts';
import * as graduates from '#lib/server/placements/graduates.ts';
import * as placements from '#lib/server/placements/placements.ts';
import * as progress from '#lib/server/progress/progress.ts';
import * as publication from '#lib/server/publication/publication.ts';
import * as reviews from '#lib/server/publication/reviews.ts';
import { settingsFrom } from '#lib/server/settings.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { handInAround } from './handed-in.ts';
import { careAround } from './caring.ts';
import { begin, giveCertificateOf } from './placing.ts';
import { sellAround } from './sold-around.ts';

type SignIn = { signInName: string; password: string };
export type World = {
	signIns: Record<Role, SignIn>;
	/** Values for the parameters in routes, by name and by the role that may see them. */
	params: Record<string, string>;
};

const seeded = spawnSync(process.execPath, ['src/setup/seed-demo.ts'], {
	stdio: ['ignore', 'ignore', 'inherit']
});
if (seeded.status !== 0) throw new Error('the demo could not be seeded');

const settings = settingsFrom(process.env);
const { db, storage, transcoder, archives, close } = await openApp({
	...settings,
	worksHere: false
});
// A server that puts pictures together beside them would make every test and measurement slower.
await db.deleteFrom('job').where('kind', '=', COMPOSE).execute();

const read = <T>(file: string): T =>
	JSON.parse(readFileSync(join(settings.dataFolder, file), 'utf8')) as T;
const signIns = read<(SignIn & { role: Role; name: string })[]>('sign-ins.json');
const as = async (role: Role): Promise<{ actor: PersonActor; signIn: SignIn }> => {
	const signIn = signIns.find((known) => known.role === role);
	if (!signIn) throw new Error(`nobody is ${role}`);
	const { id, roles } = await people.whoSignsIn(db, signIn, 'world');
	return { actor: { type: 'person', id, displayName: signIn.name, roles }, signIn };
};

const staff = await as('staff');
const instructor = await as('instructor');
const trainee = await as('trainee');
const reviewer = await as('reviewer');

const [course] = await courses.taughtBy(db, instructor.actor);
if (!course) throw new Error('no course');
const [lesson] = await lessons.ofCourse(db, course.id);
const [aClass] = await classes.all(db, staff.actor);
if (!lesson || !aClass) throw new Error('no lesson or class');

// Everybody may know of it; and somebody has tried to bring in what is no course.
await catalogue.list(db, staff.actor, course.id, true);
const broken = { id: newId(), size: 1000, metadata: { filename: '照片.zip' } };
await imports.archiveReceiver.create(db, instructor.actor, broken);
await imports.archiveReceiver.receive(db, broken.id);
await writeFile(archives.pathOf(broken.id), 'no course');
await importNow(
	db,
	{ storage, transcoder, archives },
	{ importId: broken.id },
	new AbortController().signal
);

// A draft without anything in it, beside the published ones.
const editable = await courses.forEditing(db, instructor.actor, course.id);
await lessons.add(db, editable, {
	title: '包装月饼',
	summary: '',
	teachingMode: 'silent_demonstration'
});
const [term] = await glossary.list(db, editable);

for (const each of await lessons.ofCourse(db, course.id)) {
	if (!each.isPublished || each.durationMs === null) continue;
	await progress.record(db, trainee.actor, each.id, {
		ranges: [[0, each.durationMs]],
		positionMs: each.durationMs,
		positionAt: new Date().toISOString()
	});
}
// Hers is from before there were tasks; somebody else in her class waits for one.
const number = await giveCertificateOf(db, trainee.actor, course);
await certificates.share(db, await certificates.forHolder(db, trainee.actor, number), {
	...{ showsName: true, workId: null }
});

// A second version of the first lesson, which its class has not been moved to, and a newer draft.
const changed = await lessons.forEditing(db, instructor.actor, lesson.id);
const { title, teachingMode } = changed;
await lessons.change(db, changed, { title, teachingMode, summary: '先做面，再做馅。' });
await publication.publish(db, changed, instructor.actor, '介绍写清楚了');
await lessons.change(db, changed, { title, teachingMode, summary: '先做面，再做馅，再烤。' });

// Somebody is asked to look at the first lesson once more, and has noted a moment.
await reviews.ask(db, await lessons.forEditing(db, instructor.actor, lesson.id), instructor.actor);
const reviewing = await reviews.forReviewing(db, reviewer.actor, lesson.id);
await reviews.comment(db, reviewing, { at: 12_000, about: 'sign', text: '手出了画面。' });

// Work handed in for the lesson that has a task.
const published = await lessons.ofCourse(db, course.id);
const withTask = [];
for (const each of published) {
	const { task } = await practice.ofLesson(
		db,
		await lessons.forEditing(db, instructor.actor, each.id)
	);
	if (task) withTask.push(each.id);
}
const submissionId = await handInAround(db, storage, {
	...{ trainee: trainee.actor, instructor: instructor.actor },
	...{ lessonId: withTask[0] ?? '', classId: aClass.id }
});

const shopIds: string[] = [];
for (const name of ['示例月饼铺', '示例点心店', '示例直播间'])
	shopIds.push(
		await storefronts.create(db, staff.actor, {
			name,
			platform: 'taobao',
			address: 'https://shop.example/mooncakes',
			wares: '广式月饼，礼盒',
			helpNeeded: ['packing', 'supplier']
		})
	);
await sellAround(db, storage, staff.actor, shopIds[0] ?? '');
const placementIds: string[] = [];
for (const shopId of shopIds) {
	const graduate = await graduates.forProposing(db, staff.actor, trainee.actor.id);
	const shop = await storefronts.forProposing(db, staff.actor, shopId);
	placementIds.push(await placements.propose(db, graduate, shop, 'packing'));
}
const [shown = '', agreed = ''] = placementIds;
await placements.consent(db, await placements.forGraduate(db, trainee.actor, shown));
await begin(db, staff.actor, shown);
await placements.show(db, await placements.forGraduate(db, trainee.actor, shown));
await placements.consent(db, await placements.forGraduate(db, trainee.actor, agreed));

await careAround(db, { staff: staff.actor, graduate: trainee.actor, placementId: shown });

// A card that nobody has used yet, and a roster that waits to be imported, with a bad line.
const making = await cards.forMaking(db, staff.actor, aClass.id);
const [card] = await cards.make(db, making, [trainee.actor.id]);
const rosterId = await roster.read(db, await roster.forFilling(db, staff.actor, aClass.id), {
	name: '示例名单.csv',
	bytes: new TextEncoder().encode('姓名,编号,残疾证号\n示例甲,S-1,\n,S-2,\n')
});

const world: World = {
	signIns: {
		staff: staff.signIn,
		instructor: instructor.signIn,
		reviewer: reviewer.signIn,
		trainee: trainee.signIn
	},
	params: {
		courseId: course.id,
		lessonId: lesson.id,
		classId: aClass.id,
		code: aClass.joinCode,
		number,
		personId: trainee.actor.id,
		storefrontId: shopIds[0] ?? '',
		placementId: shown,
		termId: term?.id ?? '',
		submissionId,
		language: 'zh-CN',
		rosterId,
		secret: card?.secret ?? '',
		token: await people.invite(db, staff.actor, { displayName: '示例讲师', role: 'instructor' })
	}
};
await close();
console.log(JSON.stringify(world));
