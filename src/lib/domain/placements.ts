import * as v from 'valibot';
import { id, oneOf, revision } from './fields.ts';

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
	'active',
	'withdrawn',
	'ended'
] as const;
export type PlacementState = (typeof PLACEMENT_STATES)[number];

/** States in which something may still come of it; one such placement a shop, graduate and role. */
export const OPEN_STATES = ['proposed', 'consented', 'active'] as const satisfies PlacementState[];

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
 * is not possible from here. No way leads to `active` but through the graduate's consent, and
 * leaving `consented` and `active` always takes the shop off the showcase.
 */
export function afterStep(from: Standing, action: PlacementAction): Standing | undefined {
	const { state, showing } = from;
	const isAgreed = state === 'consented' || state === 'active';
	switch (action) {
		case 'propose':
			return undefined; // a proposal is made, never reached from another state
		case 'consent':
			return state === 'proposed' ? { state: 'consented', showing } : undefined;
		case 'decline':
			return state === 'proposed' ? { state: 'declined', showing } : undefined;
		case 'activate':
			return state === 'consented' ? { state: 'active', showing } : undefined;
		case 'show':
			return isAgreed && showing !== 'shown' ? { state, showing: 'shown' } : undefined;
		case 'hide':
			return isAgreed && showing !== 'hidden' ? { state, showing: 'hidden' } : undefined;
		case 'withdraw':
			return isAgreed ? { state: 'withdrawn', showing: offShow(showing) } : undefined;
		case 'end':
			return isAgreed || state === 'proposed'
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
export const ProposalForm = v.object({ role: oneOf(PLACEMENT_ROLES) });
