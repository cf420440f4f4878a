import * as m from '#lib/words/compiled/messages.js';

/** What is asked about a shop, in the person's language, for naming what is wrong. */
export const labels = () => ({
	name: m.staff_storefront_name(),
	platform: m.staff_storefront_platform(),
	address: m.staff_storefront_address(),
	wares: m.staff_storefront_wares(),
	helpNeeded: m.staff_storefront_help()
});
