import fc from 'fast-check';
import { read } from '#lib/server/input.ts';
import { expect, test } from 'vitest';
import {
	afterStep,
	AGREED_STATES,
	EndForm,
	PLACEMENT_ACTIONS,
	PLACEMENT_STATES,
	type PlacementState,
	PROPOSED,
	SHOWINGS,
	type Standing,
	stepsFrom,
	StepForm,
	WHOSE_STEP
} from '#lib/domain/placements.ts';
import { StorefrontForm } from '#lib/domain/storefronts.ts';
import { Invalid } from '#lib/server/errors.ts';
import { aShop } from '../support/placing.ts';

const anyAction = fc.constantFrom(...PLACEMENT_ACTIONS);
const anyStanding = fc.record({
	state: fc.constantFrom(...PLACEMENT_STATES),
	showing: fc.constantFrom(...SHOWINGS)
});
const OVER: PlacementState[] = ['declined', 'withdrawn', 'ended'];

/** What is possible in every state that the graduate has agreed to. */
const staying = (state: PlacementState) => [
	...[`show → ${state}`, `hide → ${state}`, 'withdraw → withdrawn', 'end → ended']
];

test('each state leads exactly to these states', () => {
	const table = Object.fromEntries(
		PLACEMENT_STATES.map((state) => [
			state,
			PLACEMENT_ACTIONS.flatMap((action) => {
				const to = afterStep({ state, showing: 'unanswered' }, action);
				return to ? [`${action} → ${to.state}`] : [];
			})
		])
	);
	expect(table).toEqual({
		proposed: ['consent → consented', 'decline → declined', 'end → ended'],
		consented: ['introduce → introduced', ...staying('consented')],
		declined: [],
		introduced: ['begin_trial → on_trial', ...staying('introduced')],
		on_trial: ['activate → active', ...staying('on_trial')],
		active: staying('active'),
		withdrawn: [],
		ended: []
	});
});

test('nobody meets a shop, tries or works who has not consented first, and none is left out', () => {
	const order = ['consent', 'introduce', 'begin_trial', 'activate'] as const;
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom(...order, 'show', 'hide'), { maxLength: 30 }),
			(actions) => {
				const { taken } = walk(actions);
				const onTheWay = order.filter((action) => taken.includes(action));
				expect(onTheWay).toEqual(order.slice(0, onTheWay.length));
				expect(taken.filter((action) => action in STEPS_ON)).toEqual(onTheWay);
			}
		)
	);
});
const STEPS_ON = { consent: true, introduce: true, begin_trial: true, activate: true };

test('nothing is shown that its graduate has not asked to be shown last', () => {
	fc.assert(
		fc.property(fc.array(anyAction, { maxLength: 30 }), (actions) => {
			const { taken, reached } = walk(actions);
			if (reached.at(-1)?.showing !== 'shown') return;
			expect(taken.findLast((action) => action === 'show' || action === 'hide')).toBe('show');
			expect(AGREED_STATES).toContain(reached.at(-1)?.state);
		})
	);
});

test('what is over is never shown and has no way on', () => {
	fc.assert(
		fc.property(anyStanding, anyAction, (from, action) => {
			const to = afterStep(from, action);
			if (OVER.includes(from.state)) expect(to).toBeUndefined();
			if (to && OVER.includes(to.state) && from.state !== 'proposed')
				expect(to.showing).not.toBe('shown');
		})
	);
});

test('whoever has agreed can always leave, and the first page asks yes or no only', () => {
	for (const showing of SHOWINGS)
		for (const state of AGREED_STATES)
			expect(stepsFrom({ state, showing }, 'graduate')).toContain('withdraw');
	expect(stepsFrom(PROPOSED, 'graduate')).toEqual(['consent', 'decline']);
	expect(stepsFrom({ state: 'consented', showing: 'unanswered' }, 'graduate')).toEqual([
		'show',
		'hide',
		'withdraw'
	]);
	expect(stepsFrom({ state: 'active', showing: 'shown' }, 'graduate')).toEqual([
		'hide',
		'withdraw'
	]);
});

test('every step belongs to one side, and consent never to staff', () => {
	expect(PLACEMENT_ACTIONS.filter((action) => WHOSE_STEP[action] === 'graduate')).toEqual([
		'consent',
		'decline',
		'show',
		'hide',
		'withdraw'
	]);
});

test.each(['', '0', '-1', '1.5', '1e3', '9'.repeat(12), 'NaN', ' 1'])(
	'a revision of %j counts as stale',
	(revision) => {
		const placementId = crypto.randomUUID();
		expect(problemsOf(() => read(StepForm, { placementId, revision }))).toEqual({
			revision: 'stale'
		});
		expect(read(StepForm, { placementId, revision: '12' }).revision).toBe(12);
	}
);

test('staff end it with a reason from the list; a few words are enough, and none will do', () => {
	const seen = { placementId: crypto.randomUUID(), revision: '3' };
	expect(problemsOf(() => read(EndForm, seen))).toEqual({ reason: 'choose_one' });
	expect(problemsOf(() => read(EndForm, { ...seen, reason: 'whim' }))).toEqual({
		reason: 'choose_one'
	});
	expect(read(EndForm, { ...seen, reason: 'sham' })).toMatchObject({ reason: 'sham', note: '' });
});

test.each([
	['javascript:alert(1)', 'address'],
	['ftp://shop.example', 'address'],
	['https://taobao.example@elsewhere.example', 'address'],
	['shop.example', 'address']
])('a shop at %s is refused', (address, field) => {
	expect(problemsOf(() => read(StorefrontForm, aShop({ address })))).toEqual({
		[field]: 'not_an_address'
	});
});

test.each([
	'残疾人证 11010119900307123X42',
	'110101 19900307 1234 43',
	'身份证 110101199003071234',
	'１１０１０１１９９００３０７１２３４'
])('a personal number is not taken where somebody writes one: %s', (wares) => {
	expect(problemsOf(() => read(StorefrontForm, aShop({ wares })))).toEqual({
		wares: 'personal_number'
	});
	expect(problemsOf(() => read(StorefrontForm, aShop({ name: wares })))).toEqual({
		name: 'personal_number'
	});
});

test('telephone numbers and prices are taken', () => {
	const wares = '月饼 12 元\n电话 13812345678 13987654321';
	expect(read(StorefrontForm, aShop({ wares })).wares).toBe(wares);
});

test('help is chosen from the list, at least one, each once', () => {
	expect(problemsOf(() => read(StorefrontForm, aShop({ helpNeeded: [] })))).toEqual({
		helpNeeded: 'choose_some'
	});
	expect(
		read(StorefrontForm, aShop({ helpNeeded: ['packing', 'supplier', 'packing'] })).helpNeeded
	).toEqual(['supplier', 'packing']);
	expect(() => read(StorefrontForm, { ...aShop(), helpNeeded: ['cook'] })).toThrow(Invalid);
});

function walk(actions: readonly (typeof PLACEMENT_ACTIONS)[number][]) {
	const taken: (typeof PLACEMENT_ACTIONS)[number][] = [];
	const reached: Standing[] = [PROPOSED];
	for (const action of actions) {
		const to = afterStep(reached.at(-1) ?? PROPOSED, action);
		if (!to) continue;
		taken.push(action);
		reached.push(to);
	}
	return { taken, reached };
}

function problemsOf(work: () => unknown): Record<string, string> {
	try {
		work();
	} catch (error) {
		if (error instanceof Invalid)
			return Object.fromEntries(
				Object.entries(error.problems).map(([field, { code }]) => [field, code])
			);
		throw error;
	}
	return {};
}
