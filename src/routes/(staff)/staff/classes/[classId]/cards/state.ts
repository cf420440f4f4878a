import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';

type Trainee = {
	cardId: string | null;
	deviceCount: number;
	devicesAllowed: number | null;
	isAskedForMore: boolean;
	mayHaveCard: boolean;
};
type Shown = { icon: IconName; kind?: 'success' | 'warning' | 'info'; word: string };

/** How it stands with somebody's card. */
export function stateOf(trainee: Trainee): Shown {
	if (!trainee.mayHaveCard) return { icon: 'lock', word: m.cards_password() };
	if (trainee.cardId === null) return { icon: 'card', word: m.cards_none() };
	if (trainee.isAskedForMore)
		return { icon: 'phone-message', kind: 'warning', word: m.cards_asked() };
	if (trainee.deviceCount === 0) return { icon: 'card', kind: 'info', word: m.cards_unused() };
	const values = { n: trainee.deviceCount, limit: trainee.devicesAllowed ?? 1 };
	return { icon: 'check', kind: 'success', word: m.cards_bound(values) };
}
