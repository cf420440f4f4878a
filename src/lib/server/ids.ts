import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** A new row's id. */
export const newId = (): string => randomUUID();

/** A secret for a link or cookie: 160 random bits (ASVS 5.0 asks for at least 128), URL-safe. */
export const newToken = (): string => randomBytes(20).toString('base64url');

/** What is kept of a secret. The secret is random, so a plain hash cannot be guessed back. */
export const hashToken = (token: string): string =>
	createHash('sha256').update(token).digest('base64url');

/** The time now, as every table keeps it. */
export const now = (): string => new Date().toISOString();
