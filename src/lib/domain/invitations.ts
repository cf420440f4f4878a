import * as v from 'valibot';
import { oneOf } from './fields.ts';
import { displayName } from './people.ts';

/** Whom staff invite by a link; trainees come in by their class's code. */
export const INVITED_ROLES = ['instructor', 'reviewer', 'staff'] as const;

export const InvitationForm = v.object({ displayName, role: oneOf(INVITED_ROLES) });
