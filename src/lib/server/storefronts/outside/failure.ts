import type { SourceProblem } from '#lib/domain/products.ts';

/** Something outside did not give what was asked for: whose fault it is, and what could be done. */
export class OutsideFailure extends Error {
	override readonly name = 'OutsideFailure';
	readonly code: SourceProblem;
	constructor(code: SourceProblem, cause?: unknown) {
		super(code, { cause });
		this.code = code;
	}
}
