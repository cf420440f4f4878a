/** The part of `tables.ts` that is about what a lesson is made of and with. */
import type { MaterialKind, Unit } from '#lib/domain/materials.ts';

export interface LessonYieldTable {
	lesson_id: string;
	/** How many pieces the amounts are for. */
	count: number;
	/** What the pieces are. */
	product: string;
}

export interface LessonMaterialTable {
	id: string;
	lesson_id: string;
	position: number;
	kind: MaterialKind;
	name: string;
	amount_thousandths: number | null;
	unit: Unit | null;
	note: string;
}
