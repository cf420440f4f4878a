import * as v from 'valibot';
import { id, lines, MAX_REASON, oneOf, revision, withoutPersonalNumber } from './fields.ts';

/** What a graduate can be to a shop. */
export const PLACEMENT_ROLES = [
	'own_shop',
	'customer_service',
	'livestream_host',
	'livestream_assistant',
	'supplier',
	'packing',
	'apprentice_baker'
] as const;
export type PlacementRole = (typeof PLACEMENT_ROLES)[number];

export const PLACEMENT_STATES = [
	'proposed',
	'consented',
	'declined',
	'introduced',
	'on_trial',
	'active',
	'withdrawn',
	'ended'
] as const;
export type PlacementState = (typeof PLACEMENT_STATES)[number];

/** The graduate has said yes and may leave at any time; in the order in which they follow. */
export const AGREED_STATES = [
	'consented',
	'introduced',
	'on_trial',
	'active'
] as const satisfies PlacementState[];
export const isAgreed = (state: PlacementState): boolean =>
	AGREED_STATES.some((agreed) => agreed === state);

/** He works there, and is paid: a trial is work (labour contract law, art. 19). */
export const WORKING_STATES = ['on_trial', 'active'] as const satisfies PlacementState[];

/** States in which something may still come of it; one such placement a shop, graduate and role. */
export const OPEN_STATES = ['proposed', ...AGREED_STATES] as const satisfies PlacementState[];
export const isOpen = (state: PlacementState): boolean =>
	OPEN_STATES.some((open) => open === state);

/** Why staff end a placement. What a graduate does needs no reason. */
export const END_REASONS = [
	'better_job',
	'communication',
	'low_pay',
	'unpaid',
	'health_family',
	'shop_closed',
	'season_over',
	'sham',
	'no_contact',
	'other'
] as const;
export type EndReason = (typeof END_REASONS)[number];

/**
 * The graduate's answer to the second question, "show your shop to everybody?". Asked apart from
 * the first (PIPL 29: separate consent), so "not asked yet" is neither yes nor no.
 */
export const SHOWINGS = ['unanswered', 'shown', 'hidden'] as const;
export type Showing = (typeof SHOWINGS)[number];

export const PLACEMENT_ACTIONS = [
	'propose',
	'consent',
	'decline',
	'introduce',
	'begin_trial',
	'activate',
	'show',
	'hide',
	'withdraw',
	'end'
] as const;
export type PlacementAction = (typeof PLACEMENT_ACTIONS)[number];
export type PlacementStep = Exclude<PlacementAction, 'propose'>;

/** Whose step it is: nobody can take the graduate's steps for him. */
export const WHOSE_STEP = {
	propose: 'staff',
	consent: 'graduate',
	decline: 'graduate',
	introduce: 'staff',
	begin_trial: 'staff',
	activate: 'staff',
	show: 'graduate',
	hide: 'graduate',
	withdraw: 'graduate',
	end: 'staff'
} as const satisfies Record<PlacementAction, 'graduate' | 'staff'>;

export type Standing = { readonly state: PlacementState; readonly showing: Showing };

/** Where every placement begins. */
export const PROPOSED: Standing = { state: 'proposed', showing: 'unanswered' };

/**
 * The life of a placement as one pure function: what a step leads to, or undefined when the step
 * is not possible from here. No way leads to the shop but through the graduate's consent, and
 * leaving what was agreed always takes the shop off the showcase.
 */
export function afterStep(from: Standing, action: PlacementAction): Standing | undefined {
	const { state, showing } = from;
	const agreed = isAgreed(state);
	const onFrom = (before: PlacementState, to: PlacementState): Standing | undefined =>
		state === before ? { state: to, showing } : undefined;
	switch (action) {
		case 'propose':
			return undefined; // a proposal is made, never reached from another state
		case 'consent':
			return onFrom('proposed', 'consented');
		case 'decline':
			return onFrom('proposed', 'declined');
		case 'introduce':
			return onFrom('consented', 'introduced');
		case 'begin_trial':
			return onFrom('introduced', 'on_trial');
		case 'activate':
			return onFrom('on_trial', 'active');
		case 'show':
			return agreed && showing !== 'shown' ? { state, showing: 'shown' } : undefined;
		case 'hide':
			return agreed && showing !== 'hidden' ? { state, showing: 'hidden' } : undefined;
		case 'withdraw':
			return agreed ? { state: 'withdrawn', showing: offShow(showing) } : undefined;
		case 'end':
			return agreed || state === 'proposed'
				? { state: 'ended', showing: offShow(showing) }
				: undefined;
	}
}

const offShow = (showing: Showing): Showing => (showing === 'shown' ? 'hidden' : showing);

/** Steps open to one side from here, in the order in which they are offered. */
export const stepsFrom = (from: Standing, whose: 'graduate' | 'staff'): PlacementAction[] =>
	PLACEMENT_ACTIONS.filter((action) => WHOSE_STEP[action] === whose && afterStep(from, action));

/** One press on a step's button. */
export const StepForm = v.object({ placementId: id, revision });
/** Staff end it, with why; the graduate can read that. */
export const EndForm = v.object({
	...StepForm.entries,
	reason: oneOf(END_REASONS),
	note: v.pipe(lines(MAX_REASON), withoutPersonalNumber)
});
export type Ending = { readonly reason: EndReason; readonly note: string };
export const ProposalForm = v.object({ role: oneOf(PLACEMENT_ROLES) });
