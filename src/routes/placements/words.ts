/** A placement's words and drawings, the same for graduate, staff and showcase. */
import type {
	EndReason,
	PlacementAction,
	PlacementRole,
	PlacementState,
	Showing
} from '#lib/domain/placements.ts';
import type { Platform } from '#lib/domain/storefronts.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';

type Said = { icon: IconName; label: () => string };

export const roleWords: Record<PlacementRole, Said & { does: () => string }> = {
	own_shop: {
		icon: 'shop',
		label: m.placement_role_own_shop,
		does: m.placement_role_own_shop_does
	},
	customer_service: {
		icon: 'phone-message',
		label: m.placement_role_customer_service,
		does: m.placement_role_customer_service_does
	},
	livestream_host: {
		icon: 'livestream',
		label: m.placement_role_livestream_host,
		does: m.placement_role_livestream_host_does
	},
	livestream_assistant: {
		icon: 'camera',
		label: m.placement_role_livestream_assistant,
		does: m.placement_role_livestream_assistant_does
	},
	supplier: {
		icon: 'supplier',
		label: m.placement_role_supplier,
		does: m.placement_role_supplier_does
	},
	packing: { icon: 'box', label: m.placement_role_packing, does: m.placement_role_packing_does },
	apprentice_baker: {
		icon: 'oven',
		label: m.placement_role_apprentice_baker,
		does: m.placement_role_apprentice_baker_does
	}
};

type BadgeKind = 'neutral' | 'accent' | 'info' | 'success' | 'warning' | 'danger';

export const stateWords: Record<PlacementState, Said & { kind: BadgeKind }> = {
	proposed: { icon: 'clock', label: m.placement_state_proposed, kind: 'info' },
	consented: { icon: 'check', label: m.placement_state_consented, kind: 'accent' },
	declined: { icon: 'cross', label: m.placement_state_declined, kind: 'neutral' },
	introduced: { icon: 'class', label: m.placement_state_introduced, kind: 'accent' },
	on_trial: { icon: 'step', label: m.placement_state_on_trial, kind: 'accent' },
	active: { icon: 'mooncake', label: m.placement_state_active, kind: 'success' },
	withdrawn: { icon: 'sign-out', label: m.placement_state_withdrawn, kind: 'neutral' },
	ended: { icon: 'lock', label: m.placement_state_ended, kind: 'neutral' }
};

export const showingWords: Record<Showing, Said> = {
	unanswered: { icon: 'help', label: m.placement_showing_unanswered },
	shown: { icon: 'eye', label: m.placement_showing_shown },
	hidden: { icon: 'lock', label: m.placement_showing_hidden }
};

export const eventWords: Record<PlacementAction, Said> = {
	propose: { icon: 'plus', label: m.placement_event_propose },
	consent: { icon: 'check', label: m.placement_event_consent },
	decline: { icon: 'cross', label: m.placement_event_decline },
	introduce: { icon: 'class', label: m.placement_event_introduce },
	begin_trial: { icon: 'step', label: m.placement_event_begin_trial },
	activate: { icon: 'mooncake', label: m.placement_event_activate },
	show: { icon: 'eye', label: m.placement_event_show },
	hide: { icon: 'lock', label: m.placement_event_hide },
	withdraw: { icon: 'sign-out', label: m.placement_event_withdraw },
	end: { icon: 'lock', label: m.placement_event_end }
};

export const reasonWords: Record<EndReason, () => string> = {
	better_job: m.placement_reason_better_job,
	communication: m.placement_reason_communication,
	low_pay: m.placement_reason_low_pay,
	unpaid: m.placement_reason_unpaid,
	health_family: m.placement_reason_health_family,
	shop_closed: m.placement_reason_shop_closed,
	season_over: m.placement_reason_season_over,
	sham: m.placement_reason_sham,
	no_contact: m.placement_reason_no_contact,
	other: m.placement_reason_other
};

export const platformWords: Record<Platform, () => string> = {
	taobao: m.placement_platform_taobao,
	pinduoduo: m.placement_platform_pinduoduo,
	douyin: m.placement_platform_douyin,
	weixin: m.placement_platform_weixin,
	youzan: m.placement_platform_youzan,
	own_site: m.placement_platform_own_site,
	other: m.placement_platform_other
};
