/** Pages about one of the graduate's own placements: they ask whose it is before they read a form. */
import type { RequestEvent } from '@sveltejs/kit';
import * as placements from '#lib/server/placements/placements.ts';

/** @throws NotFound when it is not his, whoever else may see it */
export const ownPlacement = ({
	locals,
	params
}: Pick<RequestEvent, 'locals' | 'params'>): Promise<placements.OwnPlacement> =>
	placements.forGraduate(locals.app.db, locals.actor, params.placementId ?? '');
