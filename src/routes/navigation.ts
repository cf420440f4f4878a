import type { Role } from '#lib/domain/roles.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';

type Place = { href: string; label: () => string; icon: IconName };

const PLACES: Record<Role | 'visitor', readonly Place[]> = {
	visitor: [
		{ href: '/', label: m.public_nav_home, icon: 'home' },
		{ href: '/showcase', label: m.public_nav_showcase, icon: 'shop' },
		{ href: '/join', label: m.public_nav_join, icon: 'class' },
		{ href: '/sign-in', label: m.public_nav_sign_in, icon: 'person' }
	],
	trainee: [
		{ href: '/learn', label: m.public_nav_learn, icon: 'play' },
		{ href: '/learn/certificates', label: m.cert_mine_nav, icon: 'certificate' },
		{ href: '/learn/placements', label: m.public_nav_placements, icon: 'shop' }
	],
	instructor: [
		{ href: '/teach', label: m.public_nav_teach, icon: 'film' },
		{ href: '/teach/practice', label: m.assess_nav, icon: 'picture' },
		{ href: '/teach/classes', label: m.grid_nav, icon: 'class' }
	],
	reviewer: [{ href: '/review', label: m.gate_reviews_nav, icon: 'eye' }],
	staff: [
		{ href: '/staff/classes', label: m.public_nav_classes, icon: 'class' },
		{ href: '/staff/graduates', label: m.public_nav_graduates, icon: 'certificate' },
		{ href: '/staff/aftercare', label: m.care_nav, icon: 'heart' },
		{ href: '/staff/storefronts', label: m.public_nav_storefronts, icon: 'shop' },
		{ href: '/staff/lessons', label: m.gate_staff_nav, icon: 'film' },
		{ href: '/staff/people', label: m.public_nav_people, icon: 'person' }
	]
};

/** The places a person may go to, by all roles held; the longest path that fits is where he is. */
export function navigationFor(roles: readonly Role[], path: string) {
	const places = roles.length > 0 ? roles.flatMap((role) => PLACES[role]) : PLACES.visitor;
	const fits = places.filter(({ href }) => path === href || path.startsWith(`${href}/`));
	const current = fits.sort((a, b) => b.href.length - a.href.length)[0];
	return places.map(({ href, label, icon }) => ({
		href,
		label: label(),
		icon,
		isCurrent: href === current?.href
	}));
}

const STARTS: readonly (readonly [role: Role, path: string])[] = [
	['staff', '/staff/classes'],
	['instructor', '/teach'],
	['reviewer', '/review']
];

/** Where a person starts after signing in. */
export const startOf = (roles: readonly Role[]): string =>
	STARTS.find(([role]) => roles.includes(role))?.[1] ?? '/learn';
