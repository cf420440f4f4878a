/** What the set-up tells people: always Chinese first, then English, never a stack of letters. */

/** @typedef {{ zh: string, en: string }} Words */

/** Thrown to end the set-up with plain words instead of a stack trace. */
export class Stop extends Error {
	/**
	 * @param {Words} problem
	 * @param {Words} [whatToDo]
	 */
	constructor(problem, whatToDo) {
		super(problem.en);
		this.problem = problem;
		this.whatToDo = whatToDo;
	}
}

/** @param {Words} words */
export function say({ zh, en }) {
	console.log(`• ${zh}\n  ${en}`);
}

/** @param {Words} words */
export function done({ zh, en }) {
	console.log(`✓ ${zh}  ${en}`);
}

/**
 * Runs a whole command: a `Stop` is shown in plain words, anything else as the fault it is.
 * @param {() => Promise<number | void>} command
 */
export async function runCommand(command) {
	try {
		process.exitCode = (await command()) ?? 0;
	} catch (error) {
		process.exitCode = 1;
		if (!(error instanceof Stop)) {
			console.error(error);
			return;
		}
		console.error(`\n✗ ${error.problem.zh}\n  ${error.problem.en}`);
		if (error.whatToDo) console.error(`→ ${error.whatToDo.zh}\n  ${error.whatToDo.en}`);
	}
}
