/**
 * The four ways in which a capability refuses. Routes map them to HTTP in one place
 * (src/routes/answering.ts); nothing else is ever thrown on purpose.
 */
export class NotFound extends Error {
	override readonly name = 'NotFound';
}

export class NotAllowed extends Error {
	override readonly name = 'NotAllowed';
}

/** Somebody or something was faster: the page is stale, the state has moved on. */
export class Conflict extends Error {
	override readonly name = 'Conflict';
	readonly problem: string;
	constructor(problem: string) {
		super(problem);
		this.problem = problem;
	}
}

/** One thing wrong with an input: a code the words know, and what the sentence needs. */
export type Problem = { code: string; values?: Record<string, string | number> };

/** The input is wrong, field by field; '' stands for the whole form. */
export class Invalid extends Error {
	override readonly name = 'Invalid';
	readonly problems: Readonly<Record<string, Problem>>;
	constructor(problems: Record<string, Problem | string>) {
		super(JSON.stringify(problems));
		this.problems = Object.fromEntries(
			Object.entries(problems).map(([field, problem]) => [
				field,
				typeof problem === 'string' ? { code: problem } : problem
			])
		);
	}
}

/** Too much in too short a time. */
export class TooMany extends Error {
	override readonly name = 'TooMany';
	readonly retryAfterSeconds: number;
	constructor(retryAfterSeconds: number) {
		super(`retry after ${retryAfterSeconds} s`);
		this.retryAfterSeconds = retryAfterSeconds;
	}
}
