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

export const PLATFORMS = [
	'taobao',
	'pinduoduo',
	'douyin',
	'weixin',
	'youzan',
	'own_site',
	'other'
] as const;
export type Platform = (typeof PLATFORMS)[number];

export const PLACEMENT_STATES = [
	'proposed',
	'consented',
	'declined',
	'active',
	'withdrawn',
	'ended'
] as const;
export type PlacementState = (typeof PLACEMENT_STATES)[number];

export const PLACEMENT_ACTIONS = [
	'propose',
	'consent',
	'decline',
	'activate',
	'withdraw',
	'end',
	'show',
	'hide'
] as const;
export type PlacementAction = (typeof PLACEMENT_ACTIONS)[number];

/** Whose step it is: nobody can take the graduate's steps for him. */
export const WHOSE_STEP: Record<PlacementAction, 'graduate' | 'staff'> = {
	propose: 'staff',
	consent: 'graduate',
	decline: 'graduate',
	activate: 'staff',
	withdraw: 'graduate',
	end: 'staff',
	show: 'graduate',
	hide: 'graduate'
};

type Standing = { state: PlacementState; isShown: boolean };

/**
 * The life of a placement as one pure function: what a step leads to, or undefined when the step
 * is not possible from here. Leaving `consented`/`active` always hides from the showcase.
 */
export function afterStep(from: Standing, action: PlacementAction): Standing | undefined {
	const { state, isShown } = from;
	const isAgreed = state === 'consented' || state === 'active';
	switch (action) {
		case 'propose':
			return undefined; // a proposal is made, never reached from another state
		case 'consent':
			return state === 'proposed' ? { state: 'consented', isShown: false } : undefined;
		case 'decline':
			return state === 'proposed' ? { state: 'declined', isShown: false } : undefined;
		case 'activate':
			return state === 'consented' ? { state: 'active', isShown } : undefined;
		case 'withdraw':
			return isAgreed ? { state: 'withdrawn', isShown: false } : undefined;
		case 'end':
			return isAgreed || state === 'proposed' ? { state: 'ended', isShown: false } : undefined;
		case 'show':
			return isAgreed && !isShown ? { state, isShown: true } : undefined;
		case 'hide':
			return isAgreed && isShown ? { state, isShown: false } : undefined;
	}
}

/** Steps open to one side from here, in the order in which they are offered. */
export const stepsFrom = (from: Standing, whose: 'graduate' | 'staff'): PlacementAction[] =>
	PLACEMENT_ACTIONS.filter((action) => WHOSE_STEP[action] === whose && afterStep(from, action));
