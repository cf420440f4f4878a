import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { IdForm } from '#lib/domain/fields.ts';
import { ProductForm, SourceForm } from '#lib/domain/products.ts';
import { decimalOf } from '#lib/domain/money.ts';
import { newId } from '#lib/server/ids.ts';
import { readForm } from '#lib/server/input.ts';
import * as connection from '#lib/server/storefronts/connection.ts';
import * as products from '#lib/server/storefronts/products.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { say } from '#lib/words/problems.ts';
import { action, answering } from '../../../../../answering.ts';
import { OWN_PICTURES, shownProduct } from '../../../../../products/shown.ts';
import type { PageServerLoadEvent } from './$types';

const storefrontOf = ({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) =>
	storefronts.forEditing(locals.app.db, locals.actor, params.storefrontId ?? '');

export const load = answering(async (event: PageServerLoadEvent) => {
	const { db } = event.locals.app;
	const storefront = await storefrontOf(event);
	const source = await connection.of(db, storefront);
	const all = await products.of(db, storefront);
	const { id, name } = storefront;
	return {
		storefront: { id, name },
		source: source && {
			...source,
			problem: source.failureCode && say({ code: `source_${source.failureCode}` })
		},
		fromShop: all
			.filter(({ isByHand }) => !isByHand)
			.map((product) => shownProduct(product, OWN_PICTURES)),
		byHand: all
			.filter(({ isByHand }) => isByHand)
			.map((product) => ({
				...shownProduct(product, OWN_PICTURES),
				price: decimalOf(product.priceMinor, product.currency)
			})),
		newId: newId(),
		done: event.url.searchParams.get('done')
	};
});

function done({ params }: RequestEvent, what: string): never {
	redirect(303, `/staff/storefronts/${params.storefrontId}/products?done=${what}`);
}

export const actions = {
	source: action(async (event: RequestEvent, form) => {
		const storefront = await storefrontOf(event);
		const input = readForm(SourceForm, form);
		const { db, outside, wakeWorker } = event.locals.app;
		if (form.get('step') !== 'connect') {
			const tried = await connection.tryOut(db, outside, storefront, input);
			// What was typed comes back, so that it can be connected just so.
			return { tried, values: { ...input, token: input.token ?? '', form: 'source' } };
		}
		await connection.connect(db, storefront, input);
		wakeWorker();
		done(event, 'connected');
	}),
	refresh: action(async (event: RequestEvent) => {
		const { db, wakeWorker } = event.locals.app;
		await connection.refresh(db, await storefrontOf(event));
		wakeWorker();
		done(event, 'asked');
	}),
	currency: action(async (event: RequestEvent) => {
		const { db, wakeWorker } = event.locals.app;
		await connection.takeCurrency(db, await storefrontOf(event));
		wakeWorker();
		done(event, 'asked');
	}),
	disconnect: action(async (event: RequestEvent) => {
		const { db, storage } = event.locals.app;
		await connection.disconnect(db, storage, await storefrontOf(event));
		done(event, 'disconnected');
	}),
	keep: action(async (event: RequestEvent, form) => {
		const storefront = await storefrontOf(event);
		const { picture, ...product } = readForm(ProductForm, form);
		const bytes = new Uint8Array((await picture?.arrayBuffer()) ?? new ArrayBuffer(0));
		const { db, storage } = event.locals.app;
		await products.keepByHand(db, storage, storefront, { ...product, picture: bytes });
		done(event, 'kept');
	}),
	remove: action(async (event: RequestEvent, form) => {
		const storefront = await storefrontOf(event);
		const { db, storage } = event.locals.app;
		await products.removeByHand(db, storage, storefront, readForm(IdForm, form).id);
		done(event, 'removed');
	})
} satisfies Actions;
