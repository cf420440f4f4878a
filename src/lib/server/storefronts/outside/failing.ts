/** What went wrong on the way, as a code that has words. */
import type { SourceProblem } from '#lib/domain/products.ts';
import { OutsideFailure } from './failure.ts';

/** What an answer without content says; undefined for one that has it. */
export function refusalOf(status: number): SourceProblem | undefined {
	if (status === 200) return undefined;
	if ([401, 402, 403, 407].includes(status)) return 'refused';
	if (status === 429 || status === 503) return 'busy';
	if (status >= 500) return 'fault';
	return status >= 400 ? 'missing' : 'unreadable';
}

/** Names of what OpenSSL and Node say of certificates that prove nothing. */
const OF_CERTIFICATES = /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO$)/;

/** @param clock has it run out, then whatever else happened is only how one learns of it */
export function failureOf(error: unknown, clock: AbortSignal): OutsideFailure {
	if (clock.aborted) return new OutsideFailure('slow', error);
	if (error instanceof OutsideFailure) return error;
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	return new OutsideFailure(OF_CERTIFICATES.test(code) ? 'certificate' : 'no_answer', error);
}
