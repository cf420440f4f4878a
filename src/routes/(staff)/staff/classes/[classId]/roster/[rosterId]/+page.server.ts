import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { type JudgedLine, LINE_FATES, type LineFate } from '#lib/domain/roster.ts';
import * as roster from '#lib/server/classes/roster.ts';
import { say } from '#lib/words/problems.ts';
import { action, answering } from '../../../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

const LINES_A_PAGE = 100;
type Shown = LineFate | 'all';

/** Which lines are asked for; those to mend when nothing is, and there are any. */
function shownBy(url: URL, counts: Record<LineFate, number>): Shown {
	const asked = url.searchParams.get('show');
	const known = ([...LINE_FATES, 'all'] as const).find((one) => one === asked);
	return known ?? (counts.bad > 0 ? 'bad' : 'all');
}

const inWords = ({ line, name, number, fate, problem }: JudgedLine) => ({
	...{ line, name, number, fate },
	reason: problem ? say(problem) : ''
});

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const own = await roster.forFilling(locals.app.db, locals.actor, params.classId);
	const { lines, ...looked } = await roster.look(locals.app.db, own, params.rosterId);
	const show = shownBy(url, looked.counts);
	const chosen = lines.filter(({ fate }) => show === 'all' || fate === show);
	const pages = Math.max(1, Math.ceil(chosen.length / LINES_A_PAGE));
	const asked = Number(url.searchParams.get('page'));
	const page = Number.isInteger(asked) && asked >= 1 && asked <= pages ? asked : 1;
	return {
		class: { id: own.of.id, title: own.of.title },
		roster: looked,
		total: lines.length,
		...{ show, page, pages },
		chosenCount: chosen.length,
		lines: chosen.slice((page - 1) * LINES_A_PAGE, page * LINES_A_PAGE).map(inWords)
	};
});

export const actions = {
	default: action(async ({ locals, params }: RequestEvent) => {
		const own = await roster.forFilling(locals.app.db, locals.actor, params.classId ?? '');
		await roster.importNow(locals.app.db, own, params.rosterId ?? '');
		redirect(303, `/staff/classes/${params.classId}/roster/${params.rosterId}`);
	})
} satisfies Actions;
