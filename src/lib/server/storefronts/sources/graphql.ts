/** Questions in GraphQL, which refuses with a 200 too. */
import * as v from 'valibot';
import { OutsideFailure } from '../outside/failure.ts';
import type { Outside, Question } from '../outside/outside.ts';
import { jsonOf } from '../outside/text.ts';
import { JSON_TYPES, readAs } from './source.ts';

type Asked = Pick<Question, 'address' | 'secrets' | 'signal'> & {
	query: string;
	variables: Record<string, unknown>;
};

/** @throws OutsideFailure for what is not as the schema has it */
export async function askGraphql<T extends v.GenericSchema>(
	outside: Outside,
	schema: T,
	{ query, variables, ...question }: Asked
): Promise<v.InferOutput<T>> {
	const body = JSON.stringify({ query, variables });
	const answer = jsonOf(await outside({ ...question, accept: JSON_TYPES, body }));
	const read = readAs(schema, answer);
	if (read === undefined) throw refusalIn(answer);
	return read;
}

const Errors = v.object({
	errors: v.array(v.object({ extensions: v.optional(v.object({ code: v.optional(v.string()) })) }))
});
const REFUSED = ['ACCESS_DENIED', 'UNAUTHORIZED', 'FORBIDDEN'];

function refusalIn(answer: unknown): OutsideFailure {
	const codes = (readAs(Errors, answer)?.errors ?? []).map(({ extensions }) => extensions?.code);
	if (codes.some((code) => code !== undefined && REFUSED.includes(code)))
		return new OutsideFailure('refused');
	return new OutsideFailure(codes.includes('THROTTLED') ? 'busy' : 'unreadable');
}
