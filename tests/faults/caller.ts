/** Requests as a browser on our own pages sends them, with a session or without, one by one. */
export type Fields = Record<string, string | Blob>;
export type Caller = {
	readonly cookies: ReadonlyMap<string, string>;
	/** Follows no redirect; keeps what cookies it is given. */
	send(path: string, init?: RequestInit & { duplex?: 'half' }): Promise<Response>;
	get(path: string, headers?: Record<string, string>): Promise<Response>;
	/** Posts a form, as the page it stands on would. */
	submit(path: string, fields?: Fields, headers?: Record<string, string>): Promise<Response>;
};

/** @param session the secret in the session's cookie */
export function callerAt(origin: string, session?: string): Caller {
	const cookies = new Map<string, string>();
	if (session !== undefined) cookies.set('session', session);

	const send: Caller['send'] = async (path, init = {}) => {
		const headers = new Headers(init.headers);
		headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
		if (!headers.has('accept-language')) headers.set('accept-language', 'zh-CN');
		const response = await fetch(origin + path, { ...init, headers, redirect: 'manual' });
		for (const cookie of response.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			if (value === '') cookies.delete(name);
			else cookies.set(name, value);
		}
		return response;
	};
	return {
		cookies,
		send,
		get: (path, headers = {}) => send(path, { headers: { accept: 'text/html', ...headers } }),
		submit: (path, fields = {}, headers = {}) => {
			const body = new FormData();
			for (const [name, value] of Object.entries(fields)) body.append(name, value);
			const ours = { origin, 'sec-fetch-site': 'same-origin', accept: 'text/html' };
			return send(path, { method: 'POST', body, headers: { ...ours, ...headers } });
		}
	};
}
