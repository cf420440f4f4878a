import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { toString as qrCode } from 'qrcode';
import { listingOf } from '#lib/domain/listing.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as moving from '#lib/server/classes/moving.ts';
import { action, answering } from '../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { app, actor } = locals;
	const listing = listingOf(url.searchParams);
	const found = await classes.forRunning(app.db, actor, params.classId, listing);
	const { of } = await moving.forMoving(locals.app.db, locals.actor, params.classId);
	const address = `${url.origin}/join/${found.joinCode}`;
	return {
		class: found,
		newerCount: await moving.newerCount(locals.app.db, of),
		joinPage: `${url.host}/join`,
		qrCode: await qrCode(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
	};
});

export const actions = {
	close: action(async ({ locals, params }: RequestEvent) => {
		await classes.close(locals.app.db, locals.actor, params.classId ?? '');
		redirect(303, `/staff/classes/${params.classId}`);
	})
} satisfies Actions;
