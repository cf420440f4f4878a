/** After-care's words and drawings, the same for graduate and staff. */
import type {
	Alarm,
	AlarmKind,
	Feeling,
	Help,
	MoneyAsked,
	Paid,
	Worked
} from '#lib/domain/aftercare.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';
import { monthOnly } from '../days.ts';

type Said = { icon: IconName; label: () => string };

export const workedWords: Record<Worked, Said> = {
	yes: { icon: 'mooncake', label: m.care_worked_yes },
	no: { icon: 'cross', label: m.care_worked_no }
};

export const paidWords: Record<Paid, Said> = {
	yes: { icon: 'coin', label: m.care_paid_yes },
	not_yet: { icon: 'clock', label: m.care_paid_not_yet },
	no: { icon: 'cross', label: m.care_paid_no }
};

export const moneyWords: Record<MoneyAsked, Said> = {
	no: { icon: 'check', label: m.care_money_no },
	yes: { icon: 'hand-coin', label: m.care_money_yes }
};

export const feelingWords: Record<Feeling, Said> = {
	good: { icon: 'smile', label: m.care_feeling_good },
	so_so: { icon: 'so-so', label: m.care_feeling_so_so },
	bad: { icon: 'sad', label: m.care_feeling_bad }
};

export const helpWords: Record<Help, Said> = {
	signing: { icon: 'sign-hands', label: m.care_help_signing },
	learning: { icon: 'play', label: m.care_help_learning },
	hours: { icon: 'clock', label: m.care_help_hours },
	pay: { icon: 'coin', label: m.care_help_pay },
	people: { icon: 'class', label: m.care_help_people },
	tools: { icon: 'oven', label: m.care_help_tools },
	visit: { icon: 'home', label: m.care_help_visit }
};

export const alarmWords: Record<AlarmKind, Said> = {
	money: { icon: 'hand-coin', label: m.care_alarm_money },
	unpaid: { icon: 'coin', label: m.care_alarm_unpaid },
	unseen: { icon: 'calendar', label: m.care_alarm_unseen },
	bad: { icon: 'sad', label: m.care_alarm_bad }
};

/** The month or the check-in that an alarm is about. */
export const alarmAbout = ({ kind, about }: Alarm, language: string): string =>
	kind === 'bad' ? m.care_about_check_in({ day: about }) : monthOnly(about, language);
