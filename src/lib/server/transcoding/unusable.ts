export type UnusableCode =
	| 'notAVideo'
	| 'noPicture'
	| 'empty'
	| 'tooLong'
	| 'tooLarge'
	| 'damaged'
	| 'takesTooLong'
	| 'unreadable';

/**
 * The file itself is at fault: trying again will not help, another file will. `code` chooses the
 * sentence a person reads; the message is for the log.
 */
export class Unusable extends Error {
	override name = 'Unusable';
	readonly code: UnusableCode;
	constructor(code: UnusableCode, detail: string) {
		super(`${code}: ${detail}`);
		this.code = code;
	}
}
