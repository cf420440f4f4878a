/** Dragging a lesson to another place of its course, by pointer. */
import type { Outline } from '#lib/domain/outline.ts';

/** Where it would be dropped: before or after a lesson, or into an empty unit. */
type Place = { element: HTMLElement; isAfter: boolean };

/** Near the edge of the window the page goes along. */
const EDGE_PX = 80;
const SCROLL_PX = 12;

/**
 * Follows the pointer from a press on a lesson's handle until it is let go; Escape leaves all as it was.
 * @param list holds the rows (`data-lesson`) and units (`data-unit`, empty for none)
 * @param ondrop gets the new layout, if it is another one
 */
export function dragLesson(
	event: PointerEvent,
	list: HTMLElement,
	outline: Outline,
	ondrop: (outline: Outline, lessonId: string) => void
): void {
	const row = (event.target as HTMLElement).closest<HTMLElement>('[data-lesson]');
	const lessonId = row?.dataset.lesson;
	if (!row || !lessonId || event.button !== 0) return;
	event.preventDefault();
	const ending = new AbortController();
	const listen = { signal: ending.signal };
	let place: Place | undefined;

	const mark = (next: Place | undefined) => {
		place?.element.classList.remove('drop-before', 'drop-after');
		place = next;
		place?.element.classList.add(place.isAfter ? 'drop-after' : 'drop-before');
	};
	const end = () => {
		mark(undefined);
		row.classList.remove('is-dragged');
		ending.abort();
	};
	row.classList.add('is-dragged');
	addEventListener(
		'pointermove',
		(move) => {
			if (move.clientY < EDGE_PX) scrollBy(0, -SCROLL_PX);
			if (move.clientY > innerHeight - EDGE_PX) scrollBy(0, SCROLL_PX);
			mark(placeAt(move, list, row));
		},
		listen
	);
	addEventListener(
		'pointerup',
		() => {
			const dropped = place && layout(outline, lessonId, place);
			end();
			if (dropped && JSON.stringify(dropped) !== JSON.stringify(outline)) ondrop(dropped, lessonId);
		},
		listen
	);
	addEventListener('pointercancel', end, listen);
	addEventListener('keydown', (key) => key.key === 'Escape' && end(), listen);
}

function placeAt({ clientX, clientY }: PointerEvent, list: HTMLElement, row: HTMLElement) {
	const under = document.elementFromPoint(clientX, clientY);
	if (!under || !list.contains(under)) return undefined;
	const other = under.closest<HTMLElement>('[data-lesson]');
	if (other === row) return undefined;
	if (other) {
		const { top, height } = other.getBoundingClientRect();
		return { element: other, isAfter: clientY > top + height / 2 };
	}
	const unit = under.closest<HTMLElement>('[data-unit]');
	return unit && !unit.querySelector('[data-lesson]')
		? { element: unit, isAfter: true }
		: undefined;
}

function layout(outline: Outline, lessonId: string, { element, isAfter }: Place): Outline {
	const without = outline.map(({ unitId, lessonIds }) => ({
		unitId,
		lessonIds: lessonIds.filter((id) => id !== lessonId)
	}));
	const beside = element.dataset.lesson;
	return without.map((section) => {
		const { unitId, lessonIds } = section;
		if (beside === undefined)
			return (unitId ?? '') === element.dataset.unit
				? { unitId, lessonIds: [...lessonIds, lessonId] }
				: section;
		const at = lessonIds.indexOf(beside);
		if (at < 0) return section;
		return { unitId, lessonIds: lessonIds.toSpliced(isAfter ? at + 1 : at, 0, lessonId) };
	});
}
