import type { PictureId, Span, Step, Turn } from '../model.ts';

/** The pane in which something starts at this moment; null when nothing does. */
export function attentionAt(
	ms: number,
	lesson: { turns: readonly Turn[]; steps: readonly Step[]; cues: readonly Span[] }
): PictureId | null {
	const hasBegun = ({ startMs }: Span): boolean => ms >= startMs && ms < startMs + 1500;
	if (lesson.turns.some((turn) => hasBegun(turn.hands ?? turn))) return 'demonstration';
	if (lesson.steps.some(hasBegun)) return 'demonstration';
	return lesson.cues.some(hasBegun) ? 'sign' : null;
}
