import type { Actor } from '#lib/server/access/actor.ts';
import type { App as OurApp } from '#lib/server/app.ts';

declare global {
	namespace App {
		interface Locals {
			app: OurApp;
			actor: Actor;
			/** The session's secret as the cookie has it; only sessions.ts makes sense of it. */
			sessionSecret: string | undefined;
			theme: 'auto' | 'light' | 'dark';
		}
		interface Error {
			message: string;
			/** Seconds until it is worth trying again, for 429. */
			retryAfterSeconds?: number;
		}
	}
}

export {};
