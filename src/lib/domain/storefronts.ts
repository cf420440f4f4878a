import * as v from 'valibot';
import {
	id,
	line,
	lines,
	MAX_NAME,
	oneOf,
	revision,
	webAddress,
	withoutPersonalNumber
} from './fields.ts';
import { PLACEMENT_ROLES } from './placements.ts';

/** Where a shop stands on the web. */
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

export const MAX_WARES = 200;

/** `https://known-shop@elsewhere` reads as one shop and opens another. */
export const shopAddress = v.pipe(
	webAddress,
	v.check((address) => {
		const url = URL.parse(address); // valibot goes on through a pipe after what failed
		return url !== null && url.username === '' && url.password === '';
	}, 'not_an_address')
);

export const StorefrontForm = v.object({
	name: v.pipe(line(MAX_NAME), withoutPersonalNumber),
	platform: oneOf(PLATFORMS),
	address: shopAddress,
	wares: v.pipe(lines(MAX_WARES), v.minLength(1, 'required'), withoutPersonalNumber),
	helpNeeded: v.pipe(
		v.array(oneOf(PLACEMENT_ROLES)),
		v.minLength(1, 'choose_some'),
		v.transform((roles) => PLACEMENT_ROLES.filter((role) => roles.includes(role)))
	)
});
export type StorefrontInput = v.InferOutput<typeof StorefrontForm>;

/** The new row's id is made with the page, so that a form sent twice adds one shop. */
export const NewStorefrontForm = v.object({ ...StorefrontForm.entries, id });

/** What an edit must say besides: which version of the shop it was made from. */
export const SeenForm = v.object({ revision });
