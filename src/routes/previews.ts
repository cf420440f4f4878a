/** A lesson as on a phone: the one page that may stand in a frame, and the one page with a frame. */
const PREVIEW = '/(instructor)/teach/lessons/[lessonId]/preview';
export const PHONE_PREVIEW = `${PREVIEW}/phone`;

/** Both are ours: a page of another site frames nothing of this one. */
export function allowFraming(routeId: string | null, headers: Headers): void {
	if (routeId !== PREVIEW && routeId !== PHONE_PREVIEW) return;
	const policy = headers.get('content-security-policy');
	if (policy === null) return;
	if (routeId === PREVIEW) headers.set('content-security-policy', `${policy}; frame-src 'self'`);
	else {
		const framed = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
		headers.set('content-security-policy', framed);
		headers.set('x-frame-options', 'SAMEORIGIN');
	}
}
