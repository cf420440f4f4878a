/** A lesson as on a phone: the one page that may stand in a frame, and in one of ours only. */
export const PHONE_PREVIEW = '/(instructor)/teach/lessons/[lessonId]/preview/phone';

export function allowFraming(routeId: string | null, headers: Headers): void {
	const policy = headers.get('content-security-policy');
	if (routeId !== PHONE_PREVIEW || policy === null) return;
	const framed = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
	headers.set('content-security-policy', framed);
	headers.set('x-frame-options', 'SAMEORIGIN');
}
