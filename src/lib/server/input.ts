import * as v from 'valibot';
import { Invalid, type Problem } from './errors.ts';

/**
 * Reads an input through its schema. A schema's message is a problem code.
 * @throws Invalid with the first problem of each field
 */
export function read<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
	const result = v.safeParse(schema, input);
	if (result.success) return result.output;
	const problems: Record<string, Problem> = {};
	for (const issue of result.issues) {
		const field = v.getDotPath(issue) ?? '';
		problems[field] ??= { code: issue.message, values: limitOf(issue.requirement) };
	}
	throw new Invalid(problems);
}

/** The same for a submitted form: text fields by name; files stay files. */
export const readForm = <S extends v.GenericSchema>(schema: S, form: FormData): v.InferOutput<S> =>
	read(schema, Object.fromEntries(form));

const limitOf = (requirement: unknown): Record<string, number> =>
	typeof requirement === 'number' ? { limit: requirement } : {};
