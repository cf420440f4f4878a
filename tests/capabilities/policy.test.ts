import { expect, test } from 'vitest';
import type { Role } from '#lib/domain/roles.ts';
import { type Actor, SYSTEM, VISITOR } from '#lib/server/access/actor.ts';
import * as policy from '#lib/server/access/policy.ts';

const ME = 'me';
const someone = (...roles: Role[]): Actor => ({ type: 'person', id: ME, displayName: '我', roles });
const actors = {
	visitor: VISITOR,
	system: SYSTEM,
	'nobody any more': someone(),
	trainee: someone('trainee'),
	instructor: someone('instructor'),
	staff: someone('staff'),
	reviewer: someone('reviewer'),
	'trainee and staff': someone('trainee', 'staff')
} satisfies Record<string, Actor>;
type Who = keyof typeof actors;

const mine = { instructorIds: ['other', ME] };
const others = { instructorIds: ['other'] };
const lesson = (course: typeof mine, isPublished: boolean, isEnrolled: boolean) => ({
	...course,
	isPublished,
	isEnrolled
});

const answer = {
	...{ personId: 'other', madeBy: 'third', isAnswered: false },
	...{ isAppeal: false, isDecidedOpinion: false }
};
const everybody = Object.keys(actors) as Who[];

/** Every rule, in every case that matters: who may. All others may not. */
const TABLE: [action: string, may: (actor: Actor) => boolean, who: Who[]][] = [
	['create a course', policy.mayCreateCourse, ['instructor']],
	['edit a course they teach', (a) => policy.mayEditCourse(a, mine), ['system', 'instructor']],
	['list any course publicly', policy.mayListCourse, ['staff', 'trainee and staff']],
	['edit a course others teach', (a) => policy.mayEditCourse(a, others), ['system']],
	[
		'watch a published lesson of their class',
		(a) => policy.mayWatchLesson(a, lesson(others, true, true)),
		['system', 'staff', 'reviewer', 'trainee', 'trainee and staff']
	],
	[
		'watch an unpublished lesson of their class',
		(a) => policy.mayWatchLesson(a, lesson(others, false, true)),
		['system', 'staff', 'reviewer', 'trainee and staff']
	],
	[
		'watch a published lesson of no class of theirs',
		(a) => policy.mayWatchLesson(a, lesson(others, true, false)),
		['system', 'staff', 'reviewer', 'trainee and staff']
	],
	[
		'watch an unpublished lesson they teach',
		(a) => policy.mayWatchLesson(a, lesson(mine, false, false)),
		['system', 'staff', 'reviewer', 'instructor', 'trainee and staff']
	],
	[
		'have it counted that they watched a published lesson of their class',
		(a) => policy.mayRecordProgress(a, { isPublished: true, isEnrolled: true }),
		['trainee', 'trainee and staff']
	],
	[
		'have it counted that they watched an unpublished lesson',
		(a) => policy.mayRecordProgress(a, { isPublished: false, isEnrolled: true }),
		[]
	],
	[
		'have it counted that they watched a lesson of no class of theirs',
		(a) => policy.mayRecordProgress(a, { isPublished: true, isEnrolled: false }),
		[]
	],
	[
		'hand in work for a lesson of their class',
		(a) => policy.mayHandIn(a, { isPublished: true, isEnrolled: true }),
		['trainee', 'trainee and staff']
	],
	[
		'hand in work for a lesson of no class of theirs',
		(a) => policy.mayHandIn(a, { isPublished: true, isEnrolled: false }),
		[]
	],
	[
		'assess work in a course they teach',
		(a) => policy.mayAssess(a, { ...mine, personId: 'other' }),
		['instructor']
	],
	['assess their own work', (a) => policy.mayAssess(a, { ...mine, personId: ME }), []],
	[
		'assess work in a course others teach',
		(a) => policy.mayAssess(a, { ...others, personId: 'other' }),
		[]
	],
	[
		'see work of somebody in a course they teach',
		(a) => policy.maySeeWork(a, { ...mine, personId: 'other', isSent: true }),
		['instructor']
	],
	[
		'see work that is not sent yet',
		(a) => policy.maySeeWork(a, { ...mine, personId: 'other', isSent: false }),
		[]
	],
	[
		'see their own work',
		(a) => policy.maySeeWork(a, { ...others, personId: ME, isSent: false }),
		['nobody any more', 'trainee', 'instructor', 'staff', 'reviewer', 'trainee and staff']
	],
	[
		'see what another thinks of work, before it is decided',
		(a) => policy.maySeeAnswer(a, { ...answer, isDecidedOpinion: false }),
		[]
	],
	[
		'see it afterwards, where they may see the work and it is of somebody else',
		(a) => policy.maySeeAnswer(a, { ...answer, isDecidedOpinion: true }),
		[...everybody]
	],
	[
		'see who was outvoted, of their own work',
		(a) => policy.maySeeAnswer(a, { ...answer, personId: ME, isDecidedOpinion: true }),
		['visitor', 'system']
	],
	[
		'see what they have signed themselves',
		(a) => policy.maySeeAnswer(a, { ...answer, madeBy: ME }),
		['nobody any more', 'trainee', 'instructor', 'staff', 'reviewer', 'trainee and staff']
	],
	['name who assesses', policy.mayAppointAssessors, ['staff', 'trainee and staff']],
	[
		'name who assesses the work of somebody else',
		(a) => policy.mayAppointFor(a, { personId: 'other' }),
		['staff', 'trainee and staff']
	],
	['name who assesses their own', (a) => policy.mayAppointFor(a, { personId: ME }), []],
	['review what others made', (a) => policy.mayReview(a, others), ['reviewer']],
	['review what they made themselves', (a) => policy.mayReview(a, mine), []],
	['let a lesson through the gate', policy.mayLetThrough, ['staff', 'trainee and staff']],
	['run classes', policy.mayRunClasses, ['staff', 'trainee and staff']],
	['issue certificates', policy.mayIssueCertificates, ['staff', 'trainee and staff']],
	[
		"issue or revoke somebody else's certificate",
		(a) => policy.mayIssueTo(a, { personId: 'other' }),
		['staff', 'trainee and staff']
	],
	[
		"see a document of somebody else's",
		(a) => policy.maySeeRecord(a, { personId: 'other' }),
		['staff', 'trainee and staff']
	],
	['issue or revoke their own certificate', (a) => policy.mayIssueTo(a, { personId: ME }), []],
	[
		'see how a class they teach comes on',
		(a) => policy.maySeeProgress(a, mine),
		['instructor', 'staff', 'trainee and staff']
	],
	[
		'see how a class others teach comes on',
		(a) => policy.maySeeProgress(a, others),
		['staff', 'trainee and staff']
	],
	['invite people', policy.mayInvitePeople, ['system', 'staff', 'trainee and staff']],
	['keep storefronts', policy.mayKeepStorefronts, ['staff', 'trainee and staff']],
	[
		"take a graduate's step for themselves",
		(a) => policy.mayStepAsGraduate(a, { personId: ME }),
		['nobody any more', 'trainee', 'instructor', 'staff', 'reviewer', 'trainee and staff']
	],
	[
		"take a graduate's step for somebody else",
		(a) => policy.mayStepAsGraduate(a, { personId: 'other' }),
		[]
	],
	['see every graduate', policy.maySeeGraduates, ['staff', 'trainee and staff']],
	[
		"take the association's step for somebody else",
		(a) => policy.mayStepAsStaff(a, { personId: 'other' }),
		['staff', 'trainee and staff']
	],
	[
		"take the association's step where they are the graduate",
		(a) => policy.mayStepAsStaff(a, { personId: ME }),
		[]
	]
];

test.each(TABLE)('may %s', (_action, may, who) => {
	const allowed = Object.entries(actors).flatMap(([name, actor]) => (may(actor) ? [name] : []));
	expect(allowed.sort()).toEqual([...who].sort());
});

test('every rule stands in this table', () => {
	const names = Object.keys(policy);
	const tested = TABLE.map(([, may]) => may.name + String(may)).join('\n');
	expect(names.filter((name) => !tested.includes(name))).toEqual([]);
});
