import { csvResponse } from '#lib/domain/csv.ts';
import * as roster from '#lib/server/classes/roster.ts';
import * as m from '#lib/words/compiled/messages.js';
import { say } from '#lib/words/problems.ts';
import { answering } from '../../../../../../../answering.ts';
import type { RequestEvent } from './$types';

/** The lines that were left out, each with its reason: to be mended and sent again. */
export const GET = answering(async ({ locals, params }: RequestEvent) => {
	const own = await roster.forFilling(locals.app.db, locals.actor, params.classId);
	const { lines } = await roster.look(locals.app.db, own, params.rosterId);
	const rows = lines.flatMap(({ line, name, number, fate, problem }) =>
		fate === 'bad' && problem ? [[String(line), name, number, say(problem)]] : []
	);
	const headers = [m.roster_line(), m.roster_example_name(), m.roster_example_number()];
	return csvResponse('bad-lines.csv', [[...headers, m.roster_reason()], ...rows]);
});
