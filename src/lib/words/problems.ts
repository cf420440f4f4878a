/** Problem codes to sentences. For the server only: it holds every problem's words. */
import * as words from './compiled/messages.js';

type Problem = { code: string; values?: Record<string, string | number> };
type Sentence = (values?: Record<string, string | number>) => string;

/** The sentence `problem_<code>` in the person's language: what is wrong and how to mend it. */
export function say({ code, values }: Problem): string {
	const sentence = (words as unknown as Record<string, Sentence | undefined>)[`problem_${code}`];
	return sentence ? sentence(values ?? {}) : words.problem_unknown();
}
