import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { READABLE_ALPHABET } from '#lib/domain/codes.ts';

/** A new row's id. */
export const newId = (): string => randomUUID();

/** A secret for a link or cookie: 160 random bits (ASVS 5.0 asks for at least 128), URL-safe. */
export const newToken = (): string => randomBytes(20).toString('base64url');

/** A code that people copy by hand: 31 possibilities a character, by a secure generator. */
export const newReadableCode = (length: number): string =>
	Array.from({ length }, () => READABLE_ALPHABET[randomInt(READABLE_ALPHABET.length)]).join('');

/** What is kept of a secret. The secret is random, so a plain hash cannot be guessed back. */
export const hashToken = (token: string): string =>
	createHash('sha256').update(token).digest('base64url');

/** The time now, as every table keeps it. */
export const now = (): string => new Date().toISOString();
